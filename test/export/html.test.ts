import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExportInput } from "../../src/contract/export.js";
import type { RichText } from "../../src/contract/rich-text.js";
import { html } from "../../src/export/html.js";
import { escapeHtml, htmlLink } from "../../src/kit/html.js";
import { paragraph, plain } from "../../src/kit/rich-text.js";
import { toHtml } from "../../src/kit/rich-text-html.js";
import { at, draft, entry, input, withEntries } from "./support/sample-draft.js";

const page = html.render(input);
const ONSET = at("2026-03-04T11:20:20Z");
const MINUTE = 60_000_000;
const drawn: ExportInput = {
  ...input,
  series: [
    {
      series: "checkout.errors",
      unit: "errors",
      stepSeconds: 60,
      times: [-3, -2, -1, 0, 1, 2].map((minute) => ONSET + minute * MINUTE),
      values: [1, null, 1, 14, 12, 13],
      baseline: [
        { lower: 0, upper: 2 },
        null,
        { lower: 0, upper: 2 },
        { lower: 0, upper: 2 },
        { lower: 1, upper: 2 },
        { lower: 1, upper: 2 },
      ],
    },
  ],
};

/** Tags as a browser finds them. Quoted attributes hold no quote, since each is written as a number. */
const tagsOf = (text: string) => [...text.matchAll(/<\/?[a-z][a-z0-9]*(?:\s+[a-z-]+(?:="[^"]*")?)*\s*\/?>/gi)].map(([tag]) => tag);

const PAYLOADS = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  "` onfocus=`alert(1)",
  "</style><script>alert(1)</script>",
  "</title><script>alert(1)</script>",
  "--><script>alert(1)</script><!--",
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "&lt;script&gt;",
  "<a href=javascript:alert(1)>x</a>",
  "]]><script>alert(1)</script>",
  "<iframe srcdoc='<script>alert(1)</script>'>",
];

/** `text` in every field that an evidence source, a config or a person can fill. */
function filledWith(text: string): ExportInput {
  const body: RichText = [
    paragraph([
      { type: "text", text, style: { bold: true, code: true } },
      { type: "link", url: text, text },
      { type: "role", person: "p" },
    ]),
    { type: "code", text },
    { type: "quote", inlines: [{ type: "text", text }] },
    { type: "list", ordered: true, indent: 2, start: 3, items: [[{ type: "text", text }]] },
  ];
  const hostile = entry({
    id: text,
    at: ONSET,
    text: body,
    person: "p",
    kind: text,
    category: text,
    atMeans: text,
    scopeName: text,
    sourceText: text,
    because: [text],
    links: [{ label: text, url: text }],
  });
  return {
    ...drawn,
    roles: { p: text },
    timezone: "UTC",
    build: { ...input.build, version: text, checkedSince: [{ connector: text, source: text, scope: text, at: ONSET }] },
    series: [{ ...drawn.series![0]!, series: text, unit: text }],
    draft: {
      ...draft,
      incident: { ...draft.incident, id: text, title: text },
      entries: [hostile, { ...hostile, id: `${text}2`, highlighted: false, links: [] }],
      milestones: { ...draft.milestones, detected: { state: "found", at: ONSET, entries: [text], because: text } },
      durations: [{ name: text, micros: 1, definition: text }],
      changes: [{ ...draft.changes[0]!, title: body, entries: [text] }],
      anomalies: [{ ...draft.anomalies[0]!, series: text, unit: text }],
      questions: [{ entry: text, text }],
      coverage: draft.coverage.map((each) => ({
        ...each,
        connector: text,
        source: text,
        name: text,
        gaps: [{ reason: "malformed" as const, span: null, count: 1, detail: text, hint: text }],
      })),
      notes: [text],
    },
  };
}

describe("the HTML page", () => {
  it("fetches nothing and runs nothing", () => {
    const names = new Set(tagsOf(page).map((tag) => /[a-z0-9]+/i.exec(tag)![0]));

    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:;`,
    );
    for (const name of ["script", "img", "iframe", "object", "embed", "form", "base", "audio", "video"]) expect(names).not.toContain(name);
    expect(page).not.toMatch(/url\(|@import|\ssrc=/);
    expect(page.match(/<link [^>]*>/g)).toEqual(['<link rel="icon" href="data:,">']);
  });

  it("sends readers on by http, https and mailto only, and tells the other site nothing", () => {
    const links = [...page.matchAll(/<a ([^>]*)>/g)].map(([, attributes]) => attributes!);

    expect(links.length).toBeGreaterThan(10);
    for (const each of links) expect(each).toMatch(/^href="(#[a-z0-9-]+"$|(https?:\/\/|mailto:)[^"]*" rel="noopener noreferrer"$)/);
  });

  it("has only anchors that exist, each once", () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!);

    expect(new Set(ids).size).toBe(ids.length);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  it("has every entry in total order, and says how many are put forward", () => {
    const times = [
      ...page.slice(page.indexOf('<section id="all"')).matchAll(/<li class="row"><div class="when"><time datetime="([^"]+)"/g),
    ];

    expect(times.map(([, time]) => time)).toEqual(draft.entries.map((each) => new Date(Math.floor(each.at / 1000)).toISOString()));
    expect(page).toContain("6 of 7 entries shown");
    expect(page.match(/<li id="e-\d+"/g)).toHaveLength(6);
    expect(page).toContain('<span class="badge private">private</span>');
  });

  it("has four words for what was found", () => {
    for (const word of [">not asked<", ">asked, none found<", ">5 found<", ">failed<"]) expect(page).toContain(word);
    expect(page).toContain("/invite @timeline");
  });

  it("draws the series that stood out: a broken line, the usual range, the finding shaded", () => {
    const text = html.render(drawn);

    expect(text.match(/<polyline /g)).toHaveLength(2);
    expect(text.match(/<polygon /g)).toHaveLength(2);
    expect(text.match(/<rect class="anomaly"/g)).toHaveLength(1);
    expect(text).toContain("1 of these is drawn");
    expect(page).not.toContain("<svg");
    expect(page).toContain("checkout.errors");
  });

  it("draws nothing of a series without a value, and a flat one without dividing by nothing", () => {
    const empty = { ...drawn.series![0]!, values: [null, null, null, null, null, null], baseline: [] };
    const flat = { ...drawn.series![0]!, times: [ONSET], values: [0], baseline: [] };

    expect(html.render({ ...drawn, series: [empty] })).not.toContain("<svg");
    expect(html.render({ ...drawn, series: [flat] })).toContain("<svg");
    expect(html.render({ ...drawn, series: [flat] })).not.toContain("NaN");
  });

  it.each(PAYLOADS)("shows %j in every field and makes no markup of it", (payload) => {
    const hostile = html.render(filledWith(payload));
    const harmless = html.render(filledWith("a"));
    const withoutText = (tag: string) => tag.replace(/"[^"]*"/g, '""');

    expect(tagsOf(hostile).map(withoutText)).toEqual(tagsOf(harmless).map(withoutText));
    expect(hostile.replace(/&#\d+;/g, "").match(/<!--/g)).toHaveLength(1);
    expect(html.untouchedHash(hostile)).not.toBeNull();
  });

  it("makes no markup of any text", () => {
    const expected = tagsOf(html.render(withEntries(entry({ id: "a", at: ONSET, text: plain("a"), scopeName: "a" })))).length;
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("<", ">", '"', "'", "&", "=", "/", "!", "-", "a", "\u202e", "\u0000"), maxLength: 20 }),
        (text) => {
          const given = withEntries(entry({ id: "a", at: ONSET, text: plain(`a${text}`), scopeName: `a${text}` }));
          expect(tagsOf(html.render(given))).toHaveLength(expected);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("rich text as HTML", () => {
  const nameOf = () => "responder A";

  it.each<[string, RichText, string]>([
    ["a paragraph with a break", plain("a\nb"), '<p dir="auto">a<br>b</p>'],
    ["code", [{ type: "code", text: "<b>\n" }], '<pre dir="auto"><code>&#60;b&#62;</code></pre>'],
    [
      "a list",
      [{ type: "list", ordered: true, indent: 1, start: 2, items: [[{ type: "text", text: "x" }]] }],
      '<ol start="2" class="in-1"><li dir="auto">x</li></ol>',
    ],
    [
      "styles",
      [paragraph([{ type: "text", text: "x", style: { bold: true, strike: true } }])],
      '<p dir="auto"><s><strong>x</strong></s></p>',
    ],
    ["a role", [paragraph([{ type: "role", person: "p" }])], '<p dir="auto"><bdi class="role">responder A</bdi></p>'],
    ["a quote", [{ type: "quote", inlines: [{ type: "text", text: "x" }] }], '<blockquote dir="auto"><p>x</p></blockquote>'],
  ])("renders %s", (_, body, expected) => {
    expect(toHtml(body, nameOf)).toBe(expected);
  });

  it("escapes what has a meaning, and shows what has none", () => {
    expect(escapeHtml(`<&>"'\``)).toBe("&#60;&#38;&#62;&#34;&#39;&#96;");
    expect(escapeHtml("a\u202eb\u0000")).toBe("a\\u202eb\\x00");
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example", "https://user:word@evil.example", "java\nscript:x"])(
    "does not link %j",
    (url) => {
      expect(htmlLink("label", url)).toBe("<bdi>label</bdi>");
    },
  );
});
