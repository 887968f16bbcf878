import type { GeneratedUnit } from "../../../src/contract/owner-file.js";
import type { NewlyGenerated } from "../../../src/merge/owner-file/merge-file.js";

/** An entry of a made-up draft. */
export interface ModelEntry {
  readonly id: string;
  /** Minutes after 2026-03-04T00:00Z; beyond a day it is the next one. */
  readonly minute: number;
  readonly text: string;
  /** More paragraphs, as a message has them. */
  readonly below?: string;
  readonly chosen: boolean;
}

export interface Model {
  readonly entries: readonly ModelEntry[];
  /** Minute of the impact start: what is earlier stands under "before". */
  readonly impact: number;
  readonly rows: readonly (readonly [name: string, found: string])[];
  readonly builtAt: string;
}

/** The document that a small exporter would make of it, in the units of the real one. */
export function generatedOf(model: Model): NewlyGenerated {
  return {
    incident: "2026-03-04-model",
    drafted: new Set(model.entries.map(({ id }) => id)),
    roles: model.entries.length === 0 ? [] : [["responder A", model.entries[0]!.id]],
    render: (isShown) => unitsOf(model, (entry) => isShown(entry.id, entry.chosen)),
  };
}

function unitsOf({ entries, impact, rows, builtAt }: Model, isShown: (entry: ModelEntry) => boolean): GeneratedUnit[] {
  const ordered = [...entries].sort((a, b) => a.minute - b.minute || (a.id < b.id ? -1 : 1));
  const shown = ordered.filter(isShown);
  const rest = ordered.filter((entry) => !isShown(entry));
  const units: GeneratedUnit[] = [];
  const line = (key: string, section: string, text: string, gap: 1 | 2 = 1, stamp = false) => {
    units.push({ key, section, text, gap, ...(stamp ? { stamp: true as const } : {}) });
  };
  line("front", "front", "---");
  line("front/incident", "front", 'incident: "2026-03-04-model"');
  line("front/status", "front", "status: draft");
  line("front/generated", "front", `generated: "${builtAt}"`, 1, true);
  line("front/end", "front", "---");
  line("title", "title", "# Model incident", 2);
  line("questions", "questions", "## The questions", 2);
  line("questions/prompt", "questions", "_What was the impact?_", 2);
  const parts = [
    ["before", "## Before", shown.filter(({ minute }) => minute < impact)],
    ["timeline", "## Timeline", shown.filter(({ minute }) => minute >= impact)],
  ] as const;
  for (const [section, heading, members] of parts) {
    line(section, section, heading, 2);
    line(`${section}/count`, section, `_${members.length} of ${entries.length} entries are shown._`, 2);
    let last: ModelEntry | null = null;
    for (const entry of members) {
      const first = last === null || dayOf(last) !== dayOf(entry);
      if (first) line(`${section}/${dayOf(entry)}`, section, `### ${dayOf(entry)}`, 2);
      const loose = first || last?.below !== undefined || entry.below !== undefined;
      units.push({ ...entryUnit(entry, section, "timeline"), gap: loose ? 2 : 1 });
      last = entry;
    }
  }
  line("helped", "helped", "## What helped", 2);
  line("helped/own", "helped", "-", 2);
  line("coverage", "coverage", "## Coverage", 2);
  line("coverage/head", "coverage", "| Source | Found |", 2);
  line("coverage/rule", "coverage", "| --- | --- |");
  for (const [name, found] of rows) line(`coverage/${name}`, "coverage", `| ${name} | ${found} |`);
  line("coverage/built", "coverage", `_Built at ${builtAt}._`, 2, true);
  line("rest", "rest", "## Not on the timeline yet", 2);
  line("rest/count", "rest", `_${rest.length} entries are not on it._`, 2);
  rest.forEach((entry, nth) => units.push({ ...entryUnit(entry, "rest", "box"), gap: nth === 0 ? 2 : 1 }));
  return units;
}

function entryUnit({ id, minute, text, below }: ModelEntry, section: string, form: "timeline" | "box"): Omit<GeneratedUnit, "gap"> {
  const clock = clockOf(minute);
  const url = `https://example.com/${id}`;
  const head = form === "timeline" ? `- **${clock}** ` : `- [ ] ${dayOf({ minute })} ${clock} `;
  const rest = form === "timeline" && below !== undefined ? `\n\n  ${below}` : "";
  return {
    key: `e:${id}`,
    section,
    text: `${head}${text} ([source](<${url}>))${rest}`,
    entry: {
      id,
      form,
      flagAt: head.length,
      lead: "",
      tail: ` ([source](<${url}>))`,
      clock,
      urls: [url],
      evidence: [`evidence:${id}`],
      known: [],
    },
  };
}

function clockOf(minute: number): string {
  const inDay = minute % 1440;
  return `${String(Math.floor(inDay / 60)).padStart(2, "0")}:${String(inDay % 60).padStart(2, "0")}:00`;
}

function dayOf({ minute }: Pick<ModelEntry, "minute">): string {
  return `2026-03-0${4 + Math.floor(minute / 1440)}`;
}
