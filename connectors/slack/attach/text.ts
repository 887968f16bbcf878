import type { Summary, SummaryEntry } from "../../../src/contract/destination.js";
import { fitLines, shownOf } from "../../../src/kit/fit-lines.js";
import { MICROS_PER_SECOND, toIso } from "../../../src/kit/instant.js";
import { safeUrl } from "../../../src/kit/markdown.js";
import { toPlain } from "../../../src/kit/rich-text.js";
import { oneLine, shorten } from "../../../src/kit/text.js";

/** Slack recommends 4,000 characters, and folds what is longer. Source: chat.postMessage, "Truncating content". */
const LONGEST = 3900;
const LONGEST_LINE = 280;
const LONGEST_URL = 300;
const LONGEST_COVERAGE = 120;
const MOST_COVERAGE = 8;

/** A summary in Slack's markup, as long as Slack recommends: what has no room is counted. */
export function messageText(summary: Summary): string {
  const before = [
    `*Incident timeline: ${escaped(shorten(oneLine(summary.title ?? summary.incident), 150))}*`,
    ...summary.status.map(escaped),
    "*Milestones*",
    ...milestoneLines(summary),
  ];
  const after = [
    "*Coverage*",
    ...summary.coverage.slice(0, MOST_COVERAGE).map((line) => `• ${escaped(shorten(oneLine(line), LONGEST_COVERAGE))}`),
    ...(summary.coverage.length > MOST_COVERAGE ? [`and ${summary.coverage.length - MOST_COVERAGE} more sources`] : []),
    ...(summary.leftOut === null ? [] : [escaped(summary.leftOut)]),
  ];
  if (summary.highlights.length === 0) return [...before, ...(summary.coverage.length === 0 ? after.slice(1) : after)].join("\n");
  const lines = summary.highlights.map((entry) => entryLine(entry, summary));
  const heading = (shown: number) => `*What stands out${shownOf(shown, lines.length)}*`;
  const used = [...before, heading(-1), ...after].join("\n").length + 20;
  const shown = fitLines(lines, LONGEST - used);
  return [...before, heading(shown.length), ...shown, ...after].join("\n");
}

function milestoneLines({ milestones }: Summary): string[] {
  const found = milestones.filter(({ state, at }) => state === "found" && at !== null);
  const others = milestones.filter((milestone) => !found.includes(milestone)).map(({ label }) => label.toLowerCase());
  return [
    ...found.map(({ label, at }) => `• ${timeText(at!)} ${escaped(label)}`),
    ...(others.length === 0 ? [] : [`Not found in the evidence: ${others.join(", ")}`]),
  ];
}

function entryLine({ at, text, url }: SummaryEntry, { roles }: Summary): string {
  const said = toPlain(text, (inline) => (inline.type === "role" ? (roles[inline.person] ?? "someone") : "someone"));
  return `• ${linked(timeText(at), url)} ${escaped(shorten(oneLine(said), LONGEST_LINE))}`;
}

function linked(label: string, url: string | null): string {
  const safe = url === null ? null : safeUrl(url);
  return safe === null || safe.length > LONGEST_URL ? label : `<${escaped(safe)}|${label}>`;
}

/** `2026-03-04 11:20:05` */
function timeText(at: number): string {
  return toIso(at, MICROS_PER_SECOND).slice(0, 19).replace("T", " ");
}

/** The three characters that Slack reads: without them there is no mention, link or command. Source: "Escaping text". */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
