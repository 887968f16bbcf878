import { describe, expect, it } from "vitest";
import type { Entry } from "../../src/contract/draft.js";
import { exporters } from "../../src/export/index.js";
import { contentHash } from "../../src/merge/owner-file/canonical.js";
import { isUntouched } from "../../src/merge/owner-file/proposal.js";
import { plain } from "../../src/kit/rich-text.js";
import { renderMarkdown } from "../support/render-markdown.js";
import { linesOf, sectionOf } from "./support/markdown-lines.js";
import { at, draft, entry, input, withEntries } from "./support/sample-draft.js";

const rendered = renderMarkdown(input);
const noon = at("2026-03-04T12:00:00Z");
const many = (count: number, change: (index: number) => Partial<Entry>): Entry[] =>
  Array.from({ length: count }, (_, index) =>
    entry({ id: `slack:C1:${String(index).padStart(6, "0")}`, at: noon + index * 1_000_000, ...change(index) }),
  );

describe("the Markdown export", () => {
  it("is the owner's file, whole", () => {
    expect(rendered).toMatchSnapshot();
  });

  it("shows each highlighted entry once, before the incident and by day and phase", () => {
    const before = sectionOf(rendered, "Before the incident");
    const during = sectionOf(rendered, "Timeline");

    expect(before.match(/^- \*\*/gm)).toHaveLength(2);
    expect(during.match(/^- \*\*/gm)).toHaveLength(4);
    expect(during.match(/^#### .*/gm)).toEqual(["#### Detection", "#### Diagnosis", "#### Recovery"]);
    expect(before).toContain("_All 2 entries are shown.");
    expect(during).toContain("_4 of 5 entries are shown;");
  });

  it("tells apart what happened in one second, and shows no fraction elsewhere", () => {
    const during = sectionOf(rendered, "Timeline");

    expect(during).toContain("**11:24:10.000100**");
    expect(during).toContain("**11:24:10.500000**");
    expect(during).toContain("**12:41:00**");
  });

  it("claims no seconds that the source did not give", () => {
    const coarse = renderMarkdown(withEntries(entry({ id: "note:1", at: noon, precisionMicros: 60_000_000 })));

    expect(sectionOf(coarse, "Timeline")).toContain("- **12:00** ");
  });

  it("shows local time beside UTC, with its day where that is another", () => {
    const tokyo = sectionOf(renderMarkdown({ ...input, timezone: "Asia/Tokyo" }), "Before the incident");

    expect(tokyo).toContain("Times are UTC, with Asia/Tokyo beside them.");
    expect(tokyo).toContain("**17:42:10** (2026-03-04 02:42:10 +09:00)");
    expect(tokyo).toContain("**10:58:00 – 11:03:12** (19:58:00 +09:00)");
  });

  it("continues a phase on the next day under a heading that says so", () => {
    const days = many(2, (index) => ({ at: noon + index * 86_400_000_000, phase: "recovery" }));

    expect(sectionOf(renderMarkdown(withEntries(...days)), "Timeline").match(/^###+ .*/gm)).toEqual([
      "### 2026-03-04, Wednesday",
      "#### Recovery",
      "### 2026-03-05, Thursday",
      "#### Recovery, continued",
    ]);
  });

  it("marks entries with their id and a check value over what is shown", () => {
    const line = rendered.split("\n").find((each) => each.includes("run 555") && each.startsWith("- **"))!;
    const [, text, id, check] = /^(.*) <!-- e:(\S+) (\S{8}) -->$/.exec(line)!;

    expect(id).toBe("github-run:acme/shop/555/1");
    expect(check).toBe(contentHash(text!));
  });

  it.each([
    ["slack:C1--> <img>:1", "slack:C1-%2D%3E%20%3Cimg%3E:1"],
    ["a----b", "a-%2D-%2Db"],
    [
      "datadog-metric:checkout.errors{env:prod,zone:é}@2026-03-04T11:20:20Z",
      "datadog-metric:checkout.errors{env:prod,zone:%C3%A9}@2026-03-04T11:20:20Z",
    ],
    ["100%", "100%25"],
  ])("writes the id %s so that it cannot end its mark", (id, written) => {
    expect(renderMarkdown(withEntries(entry({ id, at: noon })))).toContain(`<!-- e:${written} `);
  });

  it("shortens long texts and says so", () => {
    const long = renderMarkdown(
      withEntries(entry({ id: "a", at: noon, text: [...plain("word ".repeat(1000)), { type: "code", text: "x\n".repeat(500) }] })),
    );
    const section = sectionOf(long, "Timeline");

    expect(section).toContain("word… (");
    expect(section.length).toBeLessThan(2000);
    expect(linesOf(long).some(({ code, text }) => code && text.trim() === "x")).toBe(false);
  });

  it("shortens long code inside its fence", () => {
    const section = sectionOf(
      renderMarkdown(withEntries(entry({ id: "a", at: noon, text: [...plain("log:"), { type: "code", text: "line\n".repeat(500) }] }))),
      "Timeline",
    );

    expect(section.match(/^ {2}line$/gm)).toHaveLength(23);
    expect(section).toMatch(/line\n {2}…\n {2}```\s*$/);
  });

  it("lists what is not on the timeline, and says how much of it", () => {
    const section = sectionOf(
      renderMarkdown(withEntries(...many(250, (index) => ({ highlighted: false, score: index / 1000 })))),
      "Not on the timeline yet",
    );

    expect(section).toContain("_50 of 250 entries are listed.");
    expect(section).toContain("_50 of 250 are listed, those with the highest score; the JSON export has all._");
    expect(section.match(/^- \[ \] /gm)).toHaveLength(50);
    expect(section).not.toContain("slack:C1:000199 ");
    expect(section.indexOf("slack:C1:000200 ")).toBeLessThan(section.indexOf("slack:C1:000249 "));
  });

  it("has four different words for what was not asked, not found, found and failed", () => {
    const section = sectionOf(rendered, "Coverage");

    for (const words of ["| not asked |", "| asked, none found |", "| 5 found |", "| 1 found, not complete |", "| failed |"])
      expect(section).toContain(words);
    expect(section).toContain("- slack \\#ops: **not in channel**. The app has not joined. /invite @timeline");
  });

  it("marks what is private", () => {
    const hidden = { ...draft.coverage[0]!, visibility: "private" as const };
    const text = renderMarkdown({ ...input, draft: { ...draft, coverage: [hidden] } });

    expect(sectionOf(text, "Timeline")).toMatch(/500000\*\* .*\\\n.*\*\*private\*\*\)/);
    expect(sectionOf(text, "Coverage")).toContain("\\#inc-checkout (**private**)");
  });

  it("draws no bar that would mislead", () => {
    const anomalies = [
      { ...draft.anomalies[0]!, usual: -3 },
      { ...draft.anomalies[0]!, kind: "missing" as const },
      { ...draft.anomalies[0]!, usual: Number.NaN },
    ];
    const section = sectionOf(renderMarkdown({ ...input, draft: { ...draft, anomalies } }), "What stood out in the metrics");

    expect(section).not.toContain("█");
    expect(section).not.toContain("NaN");
    expect(section).toContain("3 of 3 findings are listed");
  });

  it("says so where there is nothing", () => {
    const empty = renderMarkdown({
      ...withEntries(),
      draft: { ...withEntries().draft, changes: [], anomalies: [], series: [], questions: [], coverage: [], notes: [] },
    });

    expect(empty).not.toMatch(/undefined|null,|NaN/);
    expect(sectionOf(empty, "Timeline")).toContain("The sources that were asked have nothing");
    expect(sectionOf(empty, "Coverage")).toContain("_No source was asked._");
    expect(isUntouched(empty)).toBe(true);
  });

  it("names no account", () => {
    expect(rendered).not.toMatch(/U0\dOCTAVIA|U08BRUNO|octavia/i);
  });
});

describe("the seal of the Markdown export", () => {
  it.each([
    ["a letter", (text: string) => text.replace("Checkout", "checkout")],
    ["the status", (text: string) => text.replace("status: draft", "status: closed")],
    ["the stamp in the front matter", (text: string) => text.replace("by incident-timeline", "by hand")],
    ["a generated line of the owner's", (text: string) => text.replace("owner:", "generated: mine\nowner:")],
    ["other line ends", (text: string) => text.replaceAll("\n", "\r\n")],
    ["a byte order mark", (text: string) => `\uFEFF${text}`],
    ["a line behind the end", (text: string) => `${text}mine\n`],
    ["a cut", (text: string) => text.slice(0, -40)],
    ["a stripped mark", (text: string) => text.replace(/<!-- incident-timeline.*\n/, "")],
    ["nothing left", () => ""],
  ])("notices %s", (_, change) => {
    expect(isUntouched(rendered)).toBe(true);
    expect(isUntouched(change(rendered))).toBe(false);
  });
});

describe("the same bytes everywhere", () => {
  it.each(["Asia/Kolkata", "America/St_Johns"])("with the clock of the machine in %s", (zone) => {
    const before = process.env["TZ"];
    const expected = exporters.map((exporter) => ("units" in exporter ? exporter.units(input) : exporter.render(input)));

    process.env["TZ"] = zone;
    const offset = new Date(0).getTimezoneOffset();
    const there = exporters.map((exporter) => ("units" in exporter ? exporter.units(input) : exporter.render(input)));
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;

    expect(offset).not.toBe(0);
    expect(there).toEqual(expected);
  });
});
