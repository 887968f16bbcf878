import type { ExportInput } from "../../contract/export.js";
import { oneLine } from "../../kit/text.js";
import { isoShort } from "../moment.js";
import { generatedLine } from "./marks.js";

/** YAML of quoted strings only, so that no value is taken for a date, a number or a key. */
export function frontMatter({ draft, build, timezone }: ExportInput): string {
  const { incident, window } = draft;
  return [
    "---",
    `incident: ${quoted(incident.id)}`,
    `title: ${quoted(oneLine(incident.title))}`,
    `start: ${quoted(isoShort(incident.start))}`,
    `end: ${incident.end === null ? "null" : quoted(isoShort(incident.end))}`,
    `window: ${quoted(`${isoShort(window.from)} / ${isoShort(window.until)}`)}`,
    `timezone: ${quoted(timezone)}`,
    'owner: ""',
    "status: draft",
    generatedLine(quoted(`${isoShort(build.at)} by incident-timeline ${build.version}`)),
    "---",
  ].join("\n");
}

/** A YAML double-quoted string is a JSON string; a comment's beginning is written out, since our marks are comments. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll("<", "\\u003c");
}
