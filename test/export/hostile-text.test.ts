import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Inline, RichText } from "../../src/contract/rich-text.js";
import { paragraph, plain } from "../../src/kit/rich-text.js";
import { isUntouched } from "../../src/merge/owner-file/proposal.js";
import { visible } from "../../src/kit/text.js";
import { renderMarkdown } from "../support/render-markdown.js";
import { linesOf, sectionOf, unescaped } from "./support/markdown-lines.js";
import { at, entry, input, withEntries } from "./support/sample-draft.js";

const HOSTILE = [
  "# heading",
  "a\n# heading\n## another",
  "- item\n* item\n+ item\n1. item\n2) item",
  "> quote\n\n> quote",
  "---\n***\n___\n===",
  "```\nfence\n```\n~~~\nfence\n~~~",
  "`code` ``more`` ` one",
  "| a | b |\n| --- | --- |\n| 1 | 2 |",
  "<!-- e:slack:C1:1.0 000000000000 -->",
  "<!-- listed\n00000000\n-->\n<!-- incident-timeline/1 sha256:00 stamp:00 -->",
  "text <!-- stamp -->",
  "<script>alert(1)</script><img src=x onerror=alert(1)>",
  "![image](https://evil.example/x.png) [link](javascript:alert(1))",
  "[ref]: https://evil.example\n[^1]: foot",
  "- **11:20:05** forged ([x](<https://evil.example>))",
  "- [ ] 2026-03-04 11:20:05 forged",
  "---\nowner: mallory\nstatus: closed\n---",
  "<<<<<<< ours\n=======\n>>>>>>> theirs",
  "back\\slash \\# \\\\n \\",
  "&lt;b&gt; &amp; &#35;",
  "    indented code\n\ttabbed",
  "$math$ ~~strike~~ **bold** __bold__ *it* _it_",
  "line\r\nbreaks\u2028of\u2029all\u0085kinds\rhere",
  "\u001b[31mred\u001b[0m \u0007 \u202eoverride \u0000",
  "setext\n======\nanother\n------",
  "\n\n\n",
  "\\",
  "a \\\nb",
];

describe("hostile text in the Markdown export", () => {
  it.each(HOSTILE)("shows %j as prose", (text) => expectOneItem([paragraph([{ type: "text", text }])], text));

  it.each(HOSTILE)("shows %j split over inlines", (text) => {
    const inlines: Inline[] = Array.from(text, (char) => ({ type: "text", text: char }));

    expectOneItem([paragraph(inlines)], text);
  });

  it.each(HOSTILE)("keeps %j inside code, lists and quotes", (text) => {
    const rendered = renderMarkdown(
      withEntries(
        entry({
          id: "slack:C1:1.000100",
          at: at("2026-03-04T11:24:10Z"),
          text: [
            { type: "quote", inlines: [{ type: "text", text }] },
            { type: "code", text },
            { type: "list", ordered: true, indent: 1, start: 7, items: [[{ type: "text", text }]] },
            paragraph([{ type: "text", text, style: { code: true, bold: true } }]),
            paragraph([{ type: "link", url: "https://ok.example/", text }]),
          ],
        }),
      ),
    );

    expectOneEntry(rendered);
  });

  it.each(HOSTILE)("keeps %j in its place in titles, names, labels and notes", (text) => {
    const hostile = entry({
      id: `slack:${text}:1.000100`,
      at: at("2026-03-04T11:24:10Z"),
      scopeName: text,
      atMeans: text,
      kind: text,
      links: [
        { label: text, url: "https://ok.example/" },
        { label: text, url: `javascript:${text}` },
      ],
    });
    const base = withEntries(hostile, { ...hostile, id: `${hostile.id}2`, highlighted: false });
    const rendered = renderMarkdown({
      ...base,
      roles: { "slack:U1": text },
      draft: {
        ...base.draft,
        incident: { ...base.draft.incident, title: text, id: text },
        notes: [text],
        questions: [
          { entry: null, text },
          { entry: hostile.id, text },
        ],
        changes: base.draft.changes.map((change) => ({ ...change, title: plain(text), entries: [hostile.id] })),
        anomalies: base.draft.anomalies.map((anomaly) => ({ ...anomaly, series: text, unit: text })),
        coverage: base.draft.coverage.map((line) => ({
          ...line,
          name: text,
          scope: text,
          gaps: line.gaps.map((gap) => ({ ...gap, detail: text, hint: text })),
        })),
      },
    });

    expect(headings(rendered)).toEqual(
      headings(renderMarkdown(withEntries(entry({ id: "x", at: hostile.at }), entry({ id: "y", at: hostile.at, highlighted: false })))),
    );
    expect(marksIn(rendered)).toHaveLength(3);
    expect(rendered.match(/^\| /gm)).toHaveLength(7 + 2 + 5 + 2 + 3);
    expect(rendered).not.toMatch(/[^\\]\]\(<javascript:/i);
    expect(isUntouched(rendered)).toBe(true);
  });

  it("takes a quoted draft for text", () => {
    const quoted = renderMarkdown(input);
    const rendered = renderMarkdown(
      withEntries(
        entry({ id: "slack:C1:1.000100", at: at("2026-03-04T11:24:10Z"), text: [...plain(quoted), { type: "code", text: quoted }] }),
      ),
    );

    expectOneEntry(rendered);
  });

  it("shows any text as text", () => {
    const nasty = fc.array(
      fc.constantFrom(...Array.from("#-*+>`~|_[]()<>!\\&$ \n\t:=.)12aé"), "<!--", "-->", "```", "\r", "- [ ] ", "https://x.example"),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          nasty.map((parts) => parts.join("")),
          fc.string({ maxLength: 60 }),
        ),
        (text) => expectOneItem(plain(text), text),
      ),
      { numRuns: 150 },
    );
  });
});

/** One entry, no structure of its own, and a reader reads what was written. */
function expectOneItem(body: RichText, text: string): void {
  const rendered = renderMarkdown(
    withEntries(entry({ id: "slack:C1:1.000100", at: at("2026-03-04T11:24:10Z"), text: body, links: [], scopeName: "" })),
  );

  const item = expectOneEntry(rendered);
  for (const { text: line, code } of linesOf(item).slice(1)) {
    expect(code).toBe(false);
    if (line !== "") expect(line).toMatch(/^ {2}(?![#>|=~`<+*-]|\d+[.)])/);
  }
  const shown = unescaped(item.replace(/ <!-- e:.* -->/, "")).replace(/- \*\*11:24:10\*\* ?/, "");
  expect(squeezed(shown)).toBe(squeezed(visible(text)));
}

function expectOneEntry(rendered: string): string {
  const section = sectionOf(rendered, "Timeline");
  expect(headings(rendered)).toEqual(headings(renderMarkdown(withEntries(entry({ id: "x", at: at("2026-03-04T11:24:10Z") })))));
  expect(marksIn(rendered)).toHaveLength(2);
  expect(section.match(/^- /gm)).toHaveLength(1);
  expect(isUntouched(rendered)).toBe(true);
  return section.slice(section.indexOf("- **"));
}

function headings(rendered: string): string[] {
  const lines = linesOf(rendered);
  return lines
    .filter(({ text, code }) => !code && /^#{2,6} (?!Glossary|slack |\\|[^\w])/.test(text) && !text.startsWith("### "))
    .map(({ text }) => text);
}

function marksIn(rendered: string): string[] {
  return rendered.match(/<!--/g) ?? [];
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
