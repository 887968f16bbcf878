import type { EpochMicros } from "../kit/instant.js";

export interface KnownRecord {
  readonly id: string;
  readonly at: EpochMicros;
}

/** What a complete second walk of a span did not show again. */
export interface Vanished {
  /** Gone while an older neighbour is still there. */
  readonly deleted: readonly string[];
  /** Older than all that is there: the source may no longer keep it. Nothing is concluded. */
  readonly expired: readonly KnownRecord[];
}

/** An answer without any known record concludes nothing: access, retention and an empty answer look alike. */
export function vanished(known: readonly KnownRecord[], seen: ReadonlySet<string>): Vanished {
  const oldest = known.find(({ id }) => seen.has(id));
  const missing = known.filter(({ id }) => !seen.has(id));
  if (!oldest) return { deleted: [], expired: missing };
  return {
    deleted: missing.filter(({ at }) => at > oldest.at).map(({ id }) => id),
    expired: missing.filter(({ at }) => at <= oldest.at),
  };
}
