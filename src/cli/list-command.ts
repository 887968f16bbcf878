import type { IncidentRecord } from "../contract/store.js";
import type { LookRecord } from "../contract/watch.js";
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
  const { found, holds, looks } = await withStore(path, async (store) => ({
    found: await store.incidents(),
    holds: await store.holds(),
    looks: await store.watch.looks(),
  }));
  const incidents = newestFirst(found);
  const held = new Set(holds.map(({ incident }) => incident));
  const notices = noticesOf(looks);
  if (flags.json === true)
    io.out(
      `${JSON.stringify({ format: "incident-timeline-list/1", incidents: incidents.map(toJson), notices } satisfies ListJson, null, 2)}\n`,
    );
  else if (incidents.length === 0 && notices.length === 0) io.out("No incidents yet: `timeline build` adds one.\n");
  else io.out(`${visible([...incidents.map((each) => toText(each, held.has(each.id))), ...noticeLines(notices)].join("\n"))}\n`);
  return ExitCode.done;
}

/** What the last look of the watch could not use. */
function noticesOf(looks: readonly LookRecord[]): ListJson["notices"] {
  return looks.flatMap(({ connector, error, problems }) => [
    ...(error === null ? [] : [{ connector, place: null, text: error }]),
    ...problems.map(({ place, text }) => ({ connector, place, text })),
  ]);
}

function noticeLines(notices: ListJson["notices"]): string[] {
  if (notices.length === 0) return [];
  const lines = notices.map(({ connector, place, text }) => `  ${[connector, place].filter(Boolean).join(", ")}: ${oneLine(text)}`);
  return ["Told of, and not usable", ...lines];
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
