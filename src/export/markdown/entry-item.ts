import type { Entry } from "../../contract/draft.js";
import type { ExportInput } from "../../contract/export.js";
import { mintEntryId } from "../../contract/entry-id.js";
import type { EntryOfUnit } from "../../contract/owner-file.js";
import { MICROS_PER_SECOND, toIso } from "../../kit/instant.js";
import { link } from "../../kit/markdown.js";
import { toMarkdown } from "../../kit/rich-text.js";
import { dayAndTime, dayOf, localTimeOf, timeOf } from "../moment.js";
import { namesOf } from "../names.js";
import { milestoneText } from "../words.js";
import { fitted, line, lineOf } from "./body.js";
import type { Part } from "./units.js";

const LONGEST_TEXT = { characters: 1200, lines: 24 };
const LONGEST_LINE = 200;
/** How ids of findings in metrics begin. */
const FINDING = "datadog-metric:";

/**
 * One entry on the timeline: a list item with its time, text and links; what does not fit on its first lines
 * (code, lists, further paragraphs) stands indented below, inside the item. `fine`: fractions of the second are needed.
 */
export function entryItem(entry: Entry, input: ExportInput, fine: boolean): Part {
  const nameOf = namesOf(input);
  const body = fitted(entry.text, nameOf, LONGEST_TEXT);
  const opensWithProse = body[0]?.type === "paragraph";
  const shown = milestoneText(entry, input.draft);
  const milestone = shown === "" ? "" : `_${shown}_ · `;
  const first = opensWithProse ? toMarkdown(body.slice(0, 1), nameOf) : line(entry.scopeName);
  const below = toMarkdown(opensWithProse ? body.slice(1) : body, nameOf);
  const times = `- ${timesOf(entry, input, fine)} `;
  const rest = below === "" ? "" : `\n\n  ${indented(below)}`;
  const tail = remarks(entry);
  const text = `${times}${milestone}${indented(first)}${tail}${rest}`;
  return { key: "", text, entry: known(entry, { form: "timeline", flagAt: times.length, lead: milestone, tail }) };
}

/** One entry that is not on the timeline: a checkbox and a single line. */
export function entryCheckbox(entry: Entry, input: ExportInput): Part {
  const text = lineOf(entry.text, namesOf(input), LONGEST_LINE);
  const times = `- [ ] ${dayOf(entry.at)} ${timeOf(entry.at, entry.precisionMicros)} `;
  const tail = remarks(entry);
  return { key: "", text: `${times}${text}${tail}`, entry: known(entry, { form: "box", flagAt: times.length, lead: "", tail }) };
}

/** What the merge finds it again by: an entry by what its other evidence would be called, a finding by its series and onset. */
function known({ id, at, evidence, links }: Entry, frame: Pick<EntryOfUnit, "form" | "flagAt" | "lead" | "tail">): EntryOfUnit {
  const finding = evidence.filter((each) => each.startsWith(FINDING));
  const others = evidence.filter((each) => !each.startsWith(FINDING)).map(mintEntryId);
  return {
    id,
    ...frame,
    clock: toIso(at, MICROS_PER_SECOND).slice(11, 19),
    urls: links.map(({ url }) => url),
    evidence,
    known: [...finding, ...others.filter((each) => each !== id)],
  };
}

/** `11:20:05 text`, for places that point at an entry, or at the end of it; the text is shortened. */
export function entryMention(entry: Entry, input: ExportInput, at = entry.at): string {
  const url = entry.links[0]?.url;
  const text = lineOf(entry.text, namesOf(input), 120);
  return `${dayAndTime(at)} UTC, ${text}${url === undefined ? "" : ` (${link("source", url)})`}`;
}

/** Instants in one second that differ need their fractions to be told apart. */
export function needingFractions(entries: readonly Entry[]): ReadonlySet<string> {
  const needing = new Set<string>();
  entries.forEach((entry, index) => {
    const next = entries[index + 1];
    if (!next || next.at === entry.at || secondOf(next) !== secondOf(entry)) return;
    needing.add(entry.id).add(next.id);
  });
  return needing;
}

function secondOf(entry: Entry): number {
  return Math.floor(entry.at / MICROS_PER_SECOND);
}

function timesOf(entry: Entry, { timezone }: ExportInput, fine: boolean): string {
  const { at, endedAt, precisionMicros } = entry;
  const local = localTimeOf(at, timezone);
  const lasted = endedAt !== null && endedAt - at >= MICROS_PER_SECOND;
  const end = !lasted ? "" : ` – ${dayOf(endedAt) === dayOf(at) ? "" : `${dayOf(endedAt)} `}${timeOf(endedAt, precisionMicros)}`;
  return `**${timeOf(at, precisionMicros, fine)}${end}**${local === null ? "" : ` (${local})`}`;
}

/** Where it can be read, and what a reader has to know about it. */
function remarks(entry: Entry): string {
  const parts = entry.links.map(({ label, url }) => link(label, url));
  if (parts.length === 0 && entry.scopeName !== "") parts.push(line(entry.scopeName, 80));
  if (entry.visibility === "private") parts.push("**private**");
  if (entry.confidence === "inferred") parts.push("inferred");
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

/** Further lines belong to the item; empty ones stay empty. */
function indented(text: string): string {
  return text.replace(/\n(?=[^\n])/g, "\n  ");
}
