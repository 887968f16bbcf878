import { MILESTONES } from "../../contract/draft.js";
import type { ExportInput } from "../../contract/export.js";
import { formatDuration } from "../../kit/duration.js";
import { dayAndTime, localTimeOf } from "../moment.js";
import { line } from "./body.js";
import type { GeneratedUnit } from "../../contract/owner-file.js";
import { MILESTONE_LABELS } from "../words.js";
import { lines, sectionOf, table } from "./units.js";

/** Each with its time or the word for not having one, and the durations with what they mean. */
export function milestoneTable({ draft, timezone }: ExportInput): GeneratedUnit[] {
  const rows = MILESTONES.map((name): [string, ...string[]] => {
    const { state, at, because } = draft.milestones[name];
    const local = at === null ? null : localTimeOf(at, timezone);
    const time = at === null ? "" : `${dayAndTime(at)}${local === null ? "" : ` (${local})`}`;
    const shown = state === "found" ? time : state === "missing" ? "not found" : `invalid order ${time}`.trim();
    return [name, MILESTONE_LABELS[name], shown, line(because)];
  });
  const durations = draft.durations.map(({ name, micros, definition }) => {
    const lasted = micros === null ? "not known" : formatDuration(micros) || "0 s";
    return { key: `duration/${name}`, text: `- **${line(name)}**: ${lasted}, ${line(definition)}` };
  });
  return sectionOf("milestones", "## Milestones", [...table("", ["Milestone", "UTC", "Taken from"], rows), ...lines(durations)]);
}
