import type { ExportInput } from "./contract/export.js";
import { draftFromStore, type DraftBasis, type DraftPorts } from "./draft-from-store.js";
import { generatedFrom } from "./export-files.js";
import { publicFile, publicSummary } from "./export/public-summary.js";
import { ownersSections, writeOutput, type Written } from "./merge/index.js";
import { publicPath } from "./output-paths.js";

export interface PublicRequest {
  readonly basis: DraftBasis;
  /** What everybody inside sees. */
  readonly internal: ExportInput;
  /** The owner's file as it stands, if there is one. */
  readonly file: string | null;
  /** Headings of the owner's file whose text may go out. */
  readonly sections: readonly string[];
}

export interface PublicText {
  readonly text: string;
  /** What of the owner's words was asked for and not taken, and why. */
  readonly remarks: readonly string[];
}

/** The summary for people outside, from a draft that is made anew of public evidence. */
export async function publicText({ basis, internal, file, sections: titles }: PublicRequest, ports: DraftPorts): Promise<PublicText> {
  const { draft } = await draftFromStore({ ...basis, audience: "public" }, { ...ports, progress: () => {} });
  const { sections, remarks } = ownersSections(file ?? "", file === null ? [] : titles, generatedFrom(internal));
  return { text: publicSummary({ draft, internal: internal.draft, sections }), remarks };
}

export interface PublicWritten extends Written {
  readonly remarks: PublicText["remarks"];
}

/** `<ID>.public.md` beside the other files. @throws {UnsafeWriteError} */
export async function writePublicSummary(request: PublicRequest, out: string, ports: DraftPorts): Promise<PublicWritten> {
  const { text, remarks } = await publicText(request, ports);
  return { ...(await writeOutput(publicPath(out, request.internal.draft.incident.id), text, publicFile)), remarks };
}
