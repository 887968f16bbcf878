import type { IncidentRecord } from "../contract/store.js";
import { findStore } from "../config/find-store.js";
import { ExitCode } from "../kit/errors.js";
import { toIso } from "../kit/instant.js";
import { oneLine, visible } from "../kit/text.js";
import { clockText, counted } from "./clock-text.js";
import type { Io } from "./io.js";
import { historyOf, newestFirst, withStore } from "./read-store.js";
import type { ListJson } from "./schemas/list.js";

export interface ListFlags {
  readonly config?: string;
  readonly json?: boolean;
}

export async function runListCommand(flags: ListFlags, io: Io): Promise<ExitCode> {
  const path = await findStore({ path: flags.config ?? null, cwd: io.cwd, env: io.env });
  const { found, holds } = await withStore(path, async (store) => ({ found: await store.incidents(), holds: await store.holds() }));
  const incidents = newestFirst(found);
  const held = new Set(holds.map(({ incident }) => incident));
  if (flags.json === true)
    io.out(`${JSON.stringify({ format: "incident-timeline-list/1", incidents: incidents.map(toJson) } satisfies ListJson, null, 2)}\n`);
  else if (incidents.length === 0) io.out("No incidents yet: `timeline build` adds one.\n");
  else io.out(`${visible(incidents.map((each) => toText(each, held.has(each.id))).join("\n"))}\n`);
  return ExitCode.done;
}

function toText(incident: IncidentRecord, isHeld: boolean): string {
  const { id, title, incidentStart, incidentEnd } = incident;
  const counts = historyOf(incident).build?.counts;
  const seen =
    counts === undefined
      ? "built by an earlier version"
      : `${counts.highlighted} of ${counts.entries} entries put forward, ${counted(counts.gaps, "gap")}`;
  return `${id}\n  ${oneLine(title)}\n  ${clockText(incidentStart)} to ${incidentEnd === null ? "now: still open" : clockText(incidentEnd)}; ${seen}${isHeld ? "; held" : ""}`;
}

function toJson(incident: IncidentRecord): ListJson["incidents"][number] {
  const { id, title, incidentStart, incidentEnd } = incident;
  const build = historyOf(incident).build;
  return {
    id,
    title,
    start: toIso(incidentStart, 1_000_000),
    end: incidentEnd === null ? null : toIso(incidentEnd, 1_000_000),
    lastBuild: build === undefined ? null : { at: toIso(build.at, 1000), version: build.version, ...build.counts },
  };
}
