import type { Draft } from "./contract/draft.js";
import { draftFromStore, type DraftBasis, type DraftPorts } from "./draft-from-store.js";
import { publicFile, publicSummary } from "./export/public-summary.js";
import { publicPath } from "./output-paths.js";
import { ownersSections, writeOutput, type Written } from "./merge/index.js";

export interface PublicRequest {
  readonly basis: DraftBasis;
  /** What everybody inside sees. */
  readonly internal: Draft;
  /** The owner's file as it stands, if there is one. */
  readonly file: string | null;
  /** Headings of the owner's file whose text may go out. */
  readonly sections: readonly string[];
}

/** The summary for people outside, from a draft that is made anew of public evidence. */
export async function publicText({ basis, internal, file, sections }: PublicRequest, ports: DraftPorts): Promise<string> {
  const { draft } = await draftFromStore({ ...basis, audience: "public" }, { ...ports, progress: () => {} });
  return publicSummary({ draft, internal, sections: file === null ? [] : ownersSections(file, sections) });
}

/** `<ID>.public.md` beside the other files. @throws {UnsafeWriteError} */
export async function writePublicSummary(request: PublicRequest, out: string, ports: DraftPorts): Promise<Written> {
  return writeOutput(publicPath(out, request.internal.incident.id), await publicText(request, ports), publicFile);
}
