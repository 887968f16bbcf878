import type { Summary, SummaryEntry } from "../../../src/contract/destination.js";
import type { Inline } from "../../../src/contract/rich-text.js";
import { fitLines, shownOf } from "../../../src/kit/fit-lines.js";
import { MICROS_PER_SECOND, toIso } from "../../../src/kit/instant.js";
import { link } from "../../../src/kit/markdown.js";
import { paragraph, toInlineMarkdown, toPlain } from "../../../src/kit/rich-text.js";
import { oneLine, shorten } from "../../../src/kit/text.js";

/** GitHub takes 65,536 characters. */
const LONGEST = 60_000;
const LONGEST_LINE = 400;
const MOST_COVERAGE = 50;

/** A summary as a comment that is found again by its hidden marker. What has no room is counted. */
export function commentBody(summary: Summary, marker: string): string {
  const before = [
    `<!-- ${marker} -->`,
    `### Incident timeline: ${safe(summary.title ?? summary.incident)}`,
    "",
    ...summary.status.map(safe),
    "",
    "| milestone | UTC |",
    "| --- | --- |",
    ...summary.milestones.map(({ label, at, state }) => `| ${safe(label)} | ${at === null ? safe(state) : timeText(at)} |`),
    "",
  ];
  const after = [...coverageLines(summary.coverage), ...(summary.leftOut === null ? [] : ["", safe(summary.leftOut)])];
  const lines = summary.highlights.map((entry) => entryLine(entry, summary));
  const room = LONGEST - [...before, ...after].join("\n").length - 200;
  const shown = fitLines(lines, room);
  const highlights =
    lines.length === 0
      ? []
      : [`<details><summary>What stands out${shownOf(shown.length, lines.length)}</summary>`, "", ...shown, "", "</details>", ""];
  return [...before, ...highlights, ...after].join("\n");
}

function coverageLines(coverage: readonly string[]): string[] {
  if (coverage.length === 0) return [];
  const shown = coverage.slice(0, MOST_COVERAGE);
  return [`**Coverage**${shownOf(shown.length, coverage.length)}`, "", ...shown.map((line) => `- ${safe(line)}`)];
}

function entryLine({ at, text, url }: SummaryEntry, { roles }: Summary): string {
  const said = toPlain(text, (inline) => (inline.type === "role" ? (roles[inline.person] ?? "someone") : "someone"));
  return `- ${url === null ? timeText(at) : link(timeText(at), url)} ${safe(said)}`;
}

/** `2026-03-04 11:20:05` */
function timeText(at: number): string {
  return toIso(at, MICROS_PER_SECOND).slice(0, 19).replace("T", " ");
}

/** What GitHub reads as somebody's name, an issue or another comment's subject, even in escaped text. */
const REFERENCE = /@(?=[a-z0-9])|#(?=\d)|(?<=\bgh-)(?=\d)/gi;
const COMMIT = /\b([0-9a-f]{7,40})\b/i;

/**
 * One line of Markdown that says what `text` says: no mention, no reference to an issue, no commit. GitHub looks for them
 * in what was rendered, so that escaping alone does not help; a space of no width does, and code is not looked at.
 */
function safe(text: string): string {
  const parts = shorten(oneLine(text), LONGEST_LINE).split(COMMIT);
  const inlines = parts.map((part, index): Inline =>
    index % 2 === 1
      ? { type: "text", text: part, style: { code: true } }
      : { type: "text", text: part.replace(REFERENCE, (sign) => `${sign}\u200b`) },
  );
  return toInlineMarkdown([paragraph(inlines)]);
}
