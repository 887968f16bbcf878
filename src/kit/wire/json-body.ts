export type BodyContent =
  | { readonly kind: "json"; readonly value: unknown }
  /** Nothing at all, or something else than JSON. */
  | { readonly kind: "other" }
  | { readonly kind: "too deep" };

const BOM = [0xef, 0xbb, 0xbf];
const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

/** Reads a body as JSON, whatever it is labelled as. A byte order mark before it is no part of it. */
export function readJson(body: Uint8Array, maxDepth: number): BodyContent {
  const bytes = BOM.every((byte, index) => body[index] === byte) ? body.subarray(3) : body;
  if (nestsDeeper(bytes, maxDepth)) return { kind: "too deep" };
  try {
    return { kind: "json", value: JSON.parse(new TextDecoder().decode(bytes)) as unknown };
  } catch {
    return { kind: "other" };
  }
}

/**
 * Whether arrays and objects nest deeper than `maxDepth`: parsers take a million levels, and whatever walks the value
 * afterwards does not. A scan over bytes without recursion; a text that begins like no array or object does not count.
 */
function nestsDeeper(bytes: Uint8Array, maxDepth: number): boolean {
  const first = bytes.find((byte) => byte > 0x20);
  if (first !== OPEN_ARRAY && first !== OPEN_OBJECT) return false;
  let depth = 0;
  let inString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (inString) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) depth -= 1;
  }
  return false;
}
