import type { ExportInput } from "../../contract/export.js";
import type { GeneratedUnit } from "../../contract/owner-file.js";
import { oneLine } from "../../kit/text.js";
import { isoShort } from "../moment.js";
import { unitsOf } from "./units.js";

/** YAML of quoted strings only, so that no value is taken for a date, a number or a key. */
export function frontMatter({ draft, build, timezone }: ExportInput): GeneratedUnit[] {
  const { incident, window } = draft;
  const values: readonly (readonly [key: string, value: string])[] = [
    ["incident", quoted(incident.id)],
    ["title", quoted(oneLine(incident.title))],
    ["start", quoted(isoShort(incident.start))],
    ["end", incident.end === null ? "null" : quoted(isoShort(incident.end))],
    ...(incident.severity === undefined ? [] : [["severity", quoted(oneLine(incident.severity))] as const]),
    ...(incident.url === undefined ? [] : [["url", quoted(incident.url)] as const]),
    ["window", quoted(`${isoShort(window.from)} / ${isoShort(window.until)}`)],
    ["timezone", quoted(timezone)],
    ["owner", '""'],
    ["status", "draft"],
  ];
  return unitsOf("front", [
    { key: "", text: "---" },
    ...values.map(([key, value]) => ({ key, text: `${key}: ${value}`, gap: 1 as const })),
    { key: "generated", text: `generated: ${quoted(`${isoShort(build.at)} by incident-timeline ${build.version}`)}`, gap: 1, stamp: true },
    { key: "end of it", text: "---", gap: 1 },
  ]);
}

/** A YAML double-quoted string is a JSON string; a comment's beginning is written out, since our marks are comments. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll("<", "\\u003c");
}
