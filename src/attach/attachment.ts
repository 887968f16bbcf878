import type { AttachedFile, Attachment, Place, Summary } from "../contract/destination.js";
import { canonicalJson, sha256 } from "../kit/hash.js";

/** What one place gets of it, with the hash over that and nothing else: a place that takes no file does not change with one. */
export function attachmentFor(
  { takes }: Pick<Place, "takes">,
  incident: string,
  summary: Summary,
  files: readonly AttachedFile[],
): Attachment {
  const shown = takes === "summary" ? [] : files;
  return {
    marker: markerOf(incident),
    hash: sha256(canonicalJson([takes === "file" ? null : summary, shown])),
    summary,
    files: shown,
  };
}

/** The same for every build of an incident, and tells nothing of its name. */
function markerOf(incident: string): string {
  return `incident-timeline:${sha256(incident).slice(0, 32)}`;
}
