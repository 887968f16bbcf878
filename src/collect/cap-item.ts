import type { Evidence } from "../contract/evidence.js";
import { canonicalJson } from "../kit/hash.js";
import { plain, toPlain } from "../kit/rich-text.js";
import { shorten } from "../kit/text.js";

/** An item is whole in the store up to this; UTF-16 units of its JSON text. */
const MOST = 1_000_000;

/** Cuts long texts of a record that is too big, longest allowance first, and says in their place that they were cut. */
export function capItem(evidence: Evidence): Evidence {
  const size = canonicalJson(evidence).length;
  if (size <= MOST) return evidence;
  for (const allowed of [300_000, 100_000, 20_000, 2_000]) {
    const capped = capTexts(evidence, allowed);
    if (canonicalJson(capped).length <= MOST) return capped;
  }
  const body = plain(`${shorten(toPlain(evidence.body), 20_000)}\n\n${note(size)}`);
  return { ...capTexts(evidence, 2_000), body, refs: [], payload: { cut: note(size) } };
}

function capTexts<T>(value: T, allowed: number): T {
  if (typeof value === "string")
    return (value.length <= allowed ? value : `${value.slice(0, allowed).toWellFormed()} ${note(value.length)}`) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => capTexts(item, allowed)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, capTexts(member as unknown, allowed)])) as T;
}

function note(length: number): string {
  return `[cut: ${length} characters]`;
}
