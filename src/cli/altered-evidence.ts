import { readEvidence } from "../collect/index.js";
import { canonicalJson, sha256 } from "../kit/hash.js";
import type { OpenDraft } from "./open-draft.js";

/**
 * Ids of evidence whose content is not what its hash was made over when it was collected: the store was changed by other
 * means. The stored hash is not trusted, it is made again.
 */
export async function alteredEvidence({ store, basis, ports }: OpenDraft): Promise<ReadonlySet<string>> {
  const kinds = Object.fromEntries(ports.connectors.flatMap(({ connector }) => Object.entries(connector.kinds)));
  const stored = await readEvidence(store, basis.scopes, kinds);
  return new Set(stored.flatMap(({ evidence, hash }) => (sha256(canonicalJson(evidence)) === hash ? [] : [evidence.id])));
}
