import type { Exporter } from "../contract/export.js";

/** `keep`: nothing but the stamp differs. `beside`: a person has changed the file, or it is not ours. */
export interface WritePlan {
  readonly action: "write" | "keep" | "beside";
}

/** What to do with a new rendering where `existing` stands (null: nothing does). A changed file is never overwritten. */
export function planWrite(existing: string | null, rendered: string, exporter: Pick<Exporter, "untouchedHash">): WritePlan {
  if (existing === null) return { action: "write" };
  const old = exporter.untouchedHash(existing);
  if (old === null) return { action: "beside" };
  return { action: old === exporter.untouchedHash(rendered) ? "keep" : "write" };
}
