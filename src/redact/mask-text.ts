import { findSecrets } from "./find-secrets.js";

/** Counts up with the rules: a record that went through older ones can be told. */
export const MASK_VERSION = 1;

/**
 * Puts `[masked: slack token]` and the like in the place of secrets. Commit ids, digests, UUIDs and trace ids stay.
 * Masking twice changes nothing. `kinds` has one entry a secret, in order.
 */
export function maskText(text: string): { readonly text: string; readonly kinds: readonly string[] } {
  if (text.length < 6) return { text, kinds: [] };
  const found = findSecrets(text);
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, kind } of found) {
    parts.push(text.slice(at, start), mark(kind));
    at = end;
  }
  parts.push(text.slice(at));
  return { text: parts.join(""), kinds: found.map(({ kind }) => kind) };
}

export function mark(kind: string): string {
  return `[masked: ${kind}]`;
}
