import type { StoredEvidence } from "../contract/store.js";
import { compareText } from "../kit/text.js";

/**
 * Each evidence once, by id: a record that was read in two scopes (a reply that was also sent to the channel) is one.
 * The highest version wins, then what is not deleted; the rest of the order only makes the choice the same each time.
 */
export function deduplicate(evidence: Iterable<StoredEvidence>): StoredEvidence[] {
  const byId = new Map<string, StoredEvidence>();
  for (const each of evidence) {
    const known = byId.get(each.evidence.id);
    if (known === undefined || prefer(each, known) < 0) byId.set(each.evidence.id, each);
  }
  return [...byId.values()];
}

function prefer(a: StoredEvidence, b: StoredEvidence): number {
  return (
    b.version - a.version ||
    Number(a.deletedAt !== null) - Number(b.deletedAt !== null) ||
    compareText(a.evidence.scope, b.evidence.scope) ||
    compareText(a.hash, b.hash)
  );
}
