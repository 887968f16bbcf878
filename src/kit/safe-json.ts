const DEEPEST = 24;

export type SafeJson = { readonly value: unknown } | { readonly problem: string };

/**
 * JSON from outside, as a value without surprises: UTF-8, at most 24 levels, no key `__proto__`. What is wrong is told in
 * words that repeat nothing of it. Linear in its length.
 */
export function safeJson(bytes: Uint8Array): SafeJson {
  const text = decoded(bytes);
  if (text === null) return { problem: "it is not UTF-8" };
  if (isTooDeep(text)) return { problem: `it has more than ${DEEPEST} levels` };
  try {
    return { value: JSON.parse(text, withoutProto) as unknown };
  } catch (error) {
    return { problem: error instanceof ForbiddenKey ? "it has a key __proto__" : "it is not JSON" };
  }
}

class ForbiddenKey extends Error {}

function withoutProto(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new ForbiddenKey();
  return value;
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Before parsing: brackets outside of strings. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (inString && char === "\\") at += 1;
    else if (char === '"') inString = !inString;
    else if (!inString && (char === "{" || char === "[")) depth += 1;
    else if (!inString && (char === "}" || char === "]")) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}
