import type { Entry } from "../../contract/draft.js";
import type { ExportInput } from "../../contract/export.js";
import { MICROS_PER_SECOND } from "../../kit/instant.js";
import { escapeHtml, htmlLink, isolated } from "../../kit/html.js";
import { toPlain } from "../../kit/rich-text.js";
import { toHtml } from "../../kit/rich-text-html.js";
import { oneLine, shorten } from "../../kit/text.js";
import { dayAndTime, dayOf, localTimeOf, timeOf } from "../moment.js";
import { namesOf } from "../names.js";
import { milestoneText } from "../words.js";

/** A heading with its anchor, and what stands below it. */
export function section(id: string, title: string, ...parts: readonly string[]): string {
  return `<section id="${id}" aria-labelledby="${id}-title">\n<h2 id="${id}-title">${escapeHtml(title)}</h2>\n${parts.filter((part) => part !== "").join("\n")}\n</section>`;
}

/** One line of somebody's text, shortened and isolated. */
export function line(text: string, max = 300): string {
  return isolated(shorten(oneLine(text), max));
}

/** A table that scrolls by itself where the page is narrow: reachable by keyboard, named for those who cannot see it. */
export function table(name: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((each) => `<th scope="col">${escapeHtml(each)}</th>`).join("");
  const body = rows.map(([first, ...rest]) => `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join("")}</tr>`);
  return `<div class="scroll" role="group" aria-label="${escapeHtml(name)}" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>\n${body.join("\n")}\n</tbody></table></div>`;
}

/** An entry of the timeline: a list item with its anchor `e-<number>`, its number in total order. */
export function entryItem(entry: Entry, number: number, input: ExportInput): string {
  const why =
    entry.because.length === 0 ? "" : `<p class="why">Put forward: ${entry.because.map((each) => line(each, 160)).join("; ")}</p>`;
  return `<li id="e-${number}" class="entry c-${categoryClass(entry)}"><div class="when">${timesOf(entry, input)}</div><div class="what">${badges(entry, input)}${bodyOf(entry, input)}${whereOf(entry)}${why}</div></li>`;
}

/** The same in a line or two, for the list of everything. */
export function entryRow(entry: Entry, input: ExportInput): string {
  const mark = entry.highlighted ? '<span class="badge">shown above</span>' : "";
  return `<li class="row"><div class="when">${timesOf(entry, input)}</div><div class="what">${mark}${badges(entry, input)}${bodyOf(entry, input)}${whereOf(entry)}</div></li>`;
}

/** `2026-03-04 11:20:05 UTC, text`, linked to where it stands on the page, if it does. */
export function mention(entry: Entry, input: ExportInput, anchors: ReadonlyMap<string, number>): string {
  const number = anchors.get(entry.id);
  const when = `${timeTag(entry.at, dayAndTime(entry.at))} UTC`;
  return `${number === undefined ? when : `<a href="#e-${number}">${when}</a>`}, ${line(toPlain(entry.text, namesOf(input)), 140)}`;
}

export function timeTag(at: number, shown: string): string {
  return `<time datetime="${new Date(Math.floor(at / 1000)).toISOString()}">${escapeHtml(shown)}</time>`;
}

/** Day and time in UTC, with the local time beside it. */
export function momentOf(at: number, { timezone }: ExportInput): string {
  const local = localTimeOf(at, timezone);
  return `${timeTag(at, dayAndTime(at))}${local === null ? "" : ` <span class="local">(${escapeHtml(local)})</span>`}`;
}

export function privateBadge(visibility: Entry["visibility"]): string {
  return visibility === "private" ? '<span class="badge private">private</span>' : "";
}

function timesOf({ at, endedAt, precisionMicros }: Entry, { timezone }: ExportInput): string {
  const lasted = endedAt !== null && endedAt - at >= MICROS_PER_SECOND;
  const day = lasted && dayOf(endedAt) !== dayOf(at) ? `${dayOf(endedAt)} ` : "";
  const end = lasted ? ` <span class="end">to ${day}${timeOf(endedAt, precisionMicros)}</span>` : "";
  const local = localTimeOf(at, timezone);
  return `${timeTag(at, timeOf(at, precisionMicros))}${end}${local === null ? "" : ` <span class="local">${escapeHtml(local)}</span>`}`;
}

function badges(entry: Entry, { draft }: ExportInput): string {
  const shown = milestoneText(entry, draft);
  const milestone = shown === "" ? "" : `<span class="badge milestone">${shown}</span>`;
  const inferred = entry.confidence === "inferred" ? '<span class="badge">inferred</span>' : "";
  const deleted = entry.deleted ? '<span class="badge">deleted at the source</span>' : "";
  const all = milestone + privateBadge(entry.visibility) + inferred + deleted;
  return all === "" ? "" : `<span class="badges">${all}</span>`;
}

function bodyOf(entry: Entry, input: ExportInput): string {
  return `<div class="text">${toHtml(entry.text, namesOf(input))}</div>`;
}

/** Where it can be read, what it is, and what its time means. */
function whereOf(entry: Entry): string {
  const links = entry.links.map(({ label, url }) => htmlLink(shorten(oneLine(label), 120), url));
  const scope = links.length === 0 && entry.scopeName !== "" ? [line(entry.scopeName, 80)] : [];
  return `<p class="where">${[...links, ...scope, `${line(entry.kind, 60)}, ${line(entry.atMeans, 40)}`].join(" · ")}</p>`;
}

function categoryClass({ category }: Entry): string {
  return ["change", "alert", "metric", "conversation"].includes(category) ? category : "other";
}
