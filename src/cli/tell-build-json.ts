import type { ProgressEvent } from "../contract/progress.js";
import { UsageError, Failure } from "../kit/errors.js";
import { MICROS_PER_SECOND, toIso } from "../kit/instant.js";
import type { BuildRequest } from "../pipeline.js";
import { entryJson, incidentJson } from "./entry-json.js";
import { idByExitCode } from "./failures.js";
import type { Io } from "./io.js";
import { packageVersion } from "./package-version.js";
import { reportFailure } from "./report-failure.js";
import type { BuildEventJson } from "./schemas/build-event.js";
import { gapCount } from "./summary.js";
import type { BuildTeller } from "./tell-build.js";
import { shortPath } from "./written.js";

/** One JSON object a line on standard output, as `schema/incident-timeline-events-1.schema.json` says. */
export function jsonTeller(io: Io, options: { readonly debug: boolean }): BuildTeller {
  const say = (event: BuildEventJson) => sayEvent(event, io);
  return {
    reporter: (request) => {
      say(beginning(request));
      return { progress: (event) => say(progressJson(event)), end: () => {} };
    },
    done: ({ draft, files, charts, remarks }) => {
      for (const remark of remarks) say({ event: "warning", text: `public summary: ${remark}` });
      const gaps = gapCount(draft);
      say({
        event: "done",
        status: gaps === 0 ? "complete" : "gaps",
        incident: incidentJson({ draft }),
        entries: draft.entries.length,
        highlighted: draft.entries.filter(({ highlighted }) => highlighted).length,
        gaps,
        files: [...files, ...charts].map(({ path, action, unchanged }) => ({ path: shortPath(path, io.cwd), action, unchanged })),
      });
    },
    news: (entries, { roles }) => {
      for (const entry of entries) say({ event: "entry", entry: entryJson(entry, { roles }) });
    },
    attached: (places) => {
      for (const { connector, place, outcome, error } of places)
        say({ event: "attached", connector, place, outcome, error: error?.message ?? null });
    },
    failed: (error) => {
      const { text, exitCode } = reportFailure(error, options.debug);
      io.err.write(`${text}\n`);
      const { message, hint = null, id = null } = error instanceof Failure ? error : { message: text };
      const problems = error instanceof UsageError ? [...error.problems] : [];
      say({ event: "failed", id: id ?? idByExitCode(exitCode), message, problems, hint, exitCode });
      return exitCode;
    },
  };
}

export function sayEvent(event: BuildEventJson, io: Io): void {
  io.out(`${JSON.stringify(event)}\n`);
}

export function beginning({ title, start, end, narrowing: { services, only, also } }: BuildRequest): BuildEventJson {
  return {
    event: "begin",
    format: "incident-timeline-events/1",
    version: packageVersion(),
    title,
    start: toIso(start, MICROS_PER_SECOND),
    end: end === null ? null : toIso(end, MICROS_PER_SECOND),
    narrowed: { services: [...services], only: lists(only), also: lists(also) },
  };
}

function lists(selection: BuildRequest["narrowing"]["only"]): Record<string, string[]> {
  return Object.fromEntries(Object.entries(selection).map(([key, names]) => [key, [...names]]));
}

function progressJson({ type, ...event }: ProgressEvent): BuildEventJson {
  const name = type === "source" ? "page" : type;
  const at = "at" in event ? { at: toIso(event.at) } : {};
  return { event: name, ...event, ...at } as BuildEventJson;
}
