import type { History, RememberedBuild } from "./contract/history.js";
import type { IncidentRecord } from "./contract/store.js";
import type { DraftBasis } from "./draft-from-store.js";
import { memoryOf, NO_FILE, readOwnersFile, type OwnersFile } from "./merge/index.js";

export interface Remembered {
  readonly basis: DraftBasis;
  readonly build: RememberedBuild;
  readonly history: History;
  /** The file that the owner edits, as it stands. */
  readonly file: OwnersFile;
}

/** What the last build of an incident asked for, so that its draft can be made again; null: it did not keep that. */
export async function rememberedBasis(record: IncidentRecord, roster: DraftBasis["roster"]): Promise<Remembered | null> {
  const history = record.history as unknown as History;
  const { build } = history;
  if (build === undefined) return null;
  const { id, title, incidentStart: start, incidentEnd: end } = record;
  const file = build.ownersFile === undefined ? NO_FILE : await readOwnersFile(build.ownersFile);
  return { basis: { ...build, incident: { id, title, start, end }, history, memory: memoryOf(file.text), roster }, build, history, file };
}
