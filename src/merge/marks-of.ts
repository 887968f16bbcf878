import type { Draft } from "../contract/draft.js";
import type { EntryMark } from "../contract/history.js";
import { canonicalJson, sha256 } from "../kit/hash.js";

/** What is kept of each entry for the comparison with the next build. */
export function marksOf({ entries, evidence }: Draft): Record<string, EntryMark> {
  const hashes = new Map(evidence.map(({ id, hash }) => [id, hash]));
  return Object.fromEntries(
    entries.map((entry) => {
      const made = [...entry.evidence].sort().map((id) => [id, hashes.get(id) ?? null]);
      const hash = sha256(canonicalJson(made)).slice(0, 12);
      return [entry.id, { hash, ...(entry.deleted ? { deleted: true } : {}), ...(entry.highlighted ? { highlighted: true } : {}) }];
    }),
  );
}
