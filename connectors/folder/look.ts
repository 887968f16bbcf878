import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describedIncident, IncidentFile, timesProblem, type DescribedIncident } from "../../src/contract/incident-file.js";
import type { Look, LookContext, Looker, NoticeProblem, NoticeReport } from "../../src/contract/notice.js";
import { SourceError } from "../../src/kit/errors.js";
import { safeJson } from "../../src/kit/safe-json.js";
import { compareText, oneLine, shorten } from "../../src/kit/text.js";
import type { FolderConfig } from "./config.js";
import { readSettled } from "./read-settled.js";

type Read = { readonly incident: DescribedIncident; readonly file: string } | { readonly problem: string } | null;

/** Each `*.json` of the folder is an incident. One that cannot be used is told, and costs itself alone. */
export const looker: Looker<FolderConfig> = {
  watches: ({ incidents }) => (incidents === null ? [] : [`incident files in ${incidents}`]),
  async look(context): Promise<Look> {
    const reports = new Map<string, NoticeReport>();
    const problems: NoticeProblem[] = [];
    for (const file of await filesOf(context)) {
      context.signal.throwIfAborted();
      const read = await readOne(file, context);
      if (read === null) continue;
      const text = "problem" in read ? read.problem : reports.has(keyOf(read)) ? "another file has the same id" : null;
      if (text !== null) problems.push({ place: shorten(oneLine(file), 80), text });
      else if ("incident" in read) reports.set(keyOf(read), reportOf(read));
    }
    const isWanted = ({ end }: NoticeReport) => end === null || end >= context.since;
    return { reports: [...reports.values()].filter(isWanted), problems };
  },
};

async function filesOf({ config, folder }: LookContext<FolderConfig>): Promise<string[]> {
  try {
    const names = await readdir(pathOf(config, folder));
    return names.filter((name) => name.endsWith(".json") && !name.startsWith(".")).sort(compareText);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    throw new SourceError(`The folder of incident files cannot be read (${code})`, {
      connector: "folder",
      action: "retry",
      reason: "unavailable",
      hint: "Make the folder that folder.incidents names.",
      cause,
    });
  }
}

function pathOf({ incidents }: FolderConfig, folder: string): string {
  return resolve(folder, incidents ?? ".");
}

/** null: it is gone again. */
async function readOne(file: string, { config, folder, now }: LookContext<FolderConfig>): Promise<Read> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(file)) return { problem: "its name has other characters than A-Z a-z 0-9 . _ -" };
  const settled = await readSettled(join(pathOf(config, folder), file), now);
  if (settled === null || "problem" in settled) return settled;
  const json = safeJson(settled.bytes);
  if ("problem" in json) return { problem: settled.isFresh ? `${json.problem}: perhaps it is still being written` : json.problem };
  const parsed = IncidentFile.safeParse(json.value);
  if (!parsed.success) return { problem: `${placeIn(parsed.error.issues[0]?.path)} is not as schema/incident.schema.json says` };
  const incident = describedIncident(parsed.data);
  if (incident.id !== null && !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(incident.id))
    return { problem: "its id has other characters than A-Z a-z 0-9 . _ -" };
  const problem = timesProblem(incident, now);
  return problem === null ? { incident, file } : { problem };
}

/** Keys that the schema does not know are not repeated. */
function placeIn(path: readonly PropertyKey[] | undefined): string {
  return path === undefined || path.length === 0 ? "it" : shorten(oneLine(path.map(String).join(".")), 60);
}

interface Told {
  readonly incident: DescribedIncident;
  readonly file: string;
}

function nameOf({ incident, file }: Told): string {
  return incident.id ?? file.slice(0, -".json".length);
}

function keyOf(told: Told): string {
  return `folder:${nameOf(told)}`;
}

function reportOf(told: Told): NoticeReport {
  const { id, ...incident } = told.incident;
  const key = keyOf(told);
  return {
    ...incident,
    ...(id === null ? {} : { id }),
    key,
    name: nameOf(told),
    visibility: "public",
    also: {},
    marks: [key, ...(id === null ? [] : [`id:${id}`]), ...(incident.url === null ? [] : [`url:${incident.url}`])],
  };
}
