import MarkdownIt from "markdown-it";
import { applyFixes } from "markdownlint";
import { lint } from "markdownlint/sync";
import { format } from "prettier";
import { remark } from "remark";
import remarkGfm from "remark-gfm";
import TurndownService from "turndown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { markdown } from "../../../src/export/markdown.js";
import { mergeFile, type MergedFile, type NewlyGenerated } from "../../../src/merge/owner-file/merge-file.js";
import { parseFile } from "../../../src/merge/owner-file/parse.js";
import type { BuildOutcome } from "../../../src/pipeline.js";
import { openBench, type Bench } from "../../support/build-fixture.js";

/** Without pictures: the outcome of a build has no points to draw. */
const STYLE = { charts: "inline" } as const;

/** The bundled incident's file, as other programs give it back. */
let bench: Bench;
let generated: NewlyGenerated;
let first: string;

beforeAll(async () => {
  bench = await openBench();
  const outcome = await bench.build({ request: { style: STYLE } });
  generated = generatedOf(outcome);
  first = bench.markdown();
}, 120_000);
afterAll(() => bench.close());

const CONVERTERS: readonly (readonly [name: string, convert: (text: string) => string | Promise<string>])[] = [
  ["prettier", (text) => format(text, { parser: "markdown" })],
  ["prettier that wraps at 80", (text) => format(text, { parser: "markdown", proseWrap: "always" })],
  ["markdownlint --fix", (text) => applyFixes(text, lint({ strings: { text } })["text"]!)],
  ["remark", async (text) => String(await remark().use(remarkGfm).process(text))],
  ["a page and back, comments lost", (text) => throughHtml(text, "atx")],
  ["a page and back, underlined headings", (text) => throughHtml(text, "setext")],
  ["stripped comments and front matter", (text) => withoutComments(text).replace(/^---\n[^]*?\n---\n/, "")],
  ["curly quotes and dashes", (text) => withoutComments(text).replaceAll('"', "”").replaceAll("'", "’").replaceAll(" - ", " – ")],
  ["translated headings", (text) => withoutComments(text).replace(/^(#{2,4}) .*(?<!\d)$/gm, "$1 Abschnitt")],
  ["a table for the timeline", (text) => withoutComments(text).replace(/^- \*\*([\d:.]+)[^*\n]*\*\* (.*)$/gm, "| $1 | $2 |")],
  ["Windows line ends", (text) => text.replaceAll("\n", "\r\n")],
];

describe("a file that went through another program", () => {
  it.each(CONVERTERS)("keeps each entry once, and stays as it is from then on: %s", async (name, convert) => {
    const came = await convert(first);
    const merged = mergeFile(came, generated);
    if (merged.action !== "write" && merged.action !== "keep") throw new Error(merged.action);
    console.info(`${name}: ${shares(merged, came)}`);

    expect(marksIn(merged.text)).toEqual(marksIn(first));
    expect(timelineOf(merged.text)).toEqual(timelineOf(first));
    expect(mergeFile(merged.text, generated)).toMatchObject({ action: "keep" });
    for (const line of came.split(/\r?\n/)) if (/\p{L}/u.test(line) && !line.includes("<!--")) expectLine(merged.text, line);
  });
});

/** Each line of the document that came is there, at most with a mark of ours, or newer figures. */
function expectLine(text: string, line: string): void {
  const found = text.includes(line) || text.includes(line.replace(/\s*\|\s*$/, ""));
  if (!found) expect(text.replace(/\d+/g, "0")).toContain(line.replace(/\d+/g, "0"));
}

function shares(merged: Extract<MergedFile, { text: string }>, came: string): string {
  const all = marksIn(merged.text).length;
  if (merged.how === null) return `${marksIn(came).length} of ${all} entries by their marks`;
  const { id, link, content } = merged.how;
  return `of ${all} entries ${id} by id, ${link} by link, ${content} by time and words`;
}

function marksIn(text: string): string[] {
  return [...text.matchAll(/<!-- e:(\S+) /g)].map(([, id]) => id!).sort();
}

/** Ids of the entries that are no boxes. */
function timelineOf(text: string): string[] {
  const boxes = new Set(parseFile(text).units.flatMap(({ raw, ids }) => (/^\W{0,4}\\?\[ ?\\?\]/.test(raw) ? ids : [])));
  return marksIn(text).filter((id) => !boxes.has(id));
}

function throughHtml(text: string, headingStyle: "atx" | "setext"): string {
  const html = new MarkdownIt({ html: true }).render(text);
  return `${new TurndownService({ headingStyle, bulletListMarker: "*" }).turndown(html)}\n`;
}

function withoutComments(text: string): string {
  return text.replace(/ ?<!--[^]*?-->/g, "");
}

function generatedOf({ draft, roles, build }: BuildOutcome): NewlyGenerated {
  return {
    incident: draft.incident.id,
    drafted: new Set(draft.entries.flatMap(({ id, aliases }) => [id, ...aliases])),
    roles: [],
    render: (isShown) => {
      const entries = draft.entries.map((entry) => ({ ...entry, highlighted: isShown(entry.id, entry.highlighted) }));
      return markdown.units({ draft: { ...draft, entries }, roles, build, timezone: "UTC", style: STYLE });
    },
  };
}
