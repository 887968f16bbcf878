import { MILESTONES } from "../../contract/draft.js";
import type { ExportInput } from "../../contract/export.js";
import { formatDuration } from "../../kit/duration.js";
import { dayAndTime, localTimeOf } from "../moment.js";
import { line } from "./body.js";
import { MILESTONE_LABELS } from "../words.js";

/** Each with its time or the word for not having one, and the durations with what they mean. */
export function milestoneTable({ draft, timezone }: ExportInput): string {
  const rows = MILESTONES.map((name) => {
    const { state, at, because } = draft.milestones[name];
    const local = at === null ? null : localTimeOf(at, timezone);
    const time = at === null ? "" : `${dayAndTime(at)}${local === null ? "" : ` (${local})`}`;
    const shown = state === "found" ? time : state === "missing" ? "not found" : `invalid order ${time}`.trim();
    return `| ${MILESTONE_LABELS[name]} | ${shown} | ${line(because)} |`;
  });
  const table = ["| Milestone | UTC | Taken from |", "| --- | --- | --- |", ...rows].join("\n");
  const durations = draft.durations.map(({ name, micros, definition }) => {
    return `- **${line(name)}**: ${micros === null ? "not known" : formatDuration(micros) || "0 s"}, ${line(definition)}`;
  });
  return `## Milestones\n\n${table}${durations.length === 0 ? "" : `\n\n${durations.join("\n")}`}`;
}
