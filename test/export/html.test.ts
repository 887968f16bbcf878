import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RichText } from "../../src/contract/rich-text.js";
import { html } from "../../src/export/html.js";
import { escapeHtml, htmlLink } from "../../src/kit/html.js";
import { paragraph, plain } from "../../src/kit/rich-text.js";
import { toHtml } from "../../src/kit/rich-text-html.js";
import { drawn, filledWith, ONSET, PAYLOADS } from "./support/hostile-draft.js";
import { draft, entry, input, withEntries } from "./support/sample-draft.js";

const page = html.render(input);

/** Tags as a browser finds them. Quoted attributes hold no quote, since each is written as a number. */
const tagsOf = (text: string) => [...text.matchAll(/<\/?[a-z][a-z0-9]*(?:\s+[a-z-]+(?:="[^"]*")?)*\s*\/?>/gi)].map(([tag]) => tag);

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
