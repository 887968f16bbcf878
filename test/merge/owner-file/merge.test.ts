import { describe, expect, it } from "vitest";
import { mergeFile, type MergedFile } from "../../../src/merge/owner-file/merge-file.js";
import { generatedOf, type Model, type ModelEntry } from "./model.js";

const model: Model = {
  builtAt: "2026-03-05T09:00:00Z",
  impact: 680,
  rows: [
    ["slack #shop", "12 found"],
    ["github shop", "3 found"],
  ],
  entries: [
    { id: "e1", minute: 600, text: "Deploy went live", chosen: true },
    { id: "e2", minute: 690, text: "support: seven people wrote", chosen: true },
    { id: "e3", minute: 700, text: "Alert: error rate", chosen: true },
    { id: "e4", minute: 710, text: "taking it back", below: "with a second paragraph", chosen: true },
    { id: "e5", minute: 695, text: "lunch?", chosen: false },
  ],
};
const first = build(null, model);
const newcomer: ModelEntry = { id: "e6", minute: 705, text: "new one", chosen: true };

describe("a rebuild with something new", () => {
  it("renews a file that nobody touched, and flags what is new", () => {
    const text = build(first, withEntries(newcomer));

    expect(text).toBe(
      build(null, withEntries(newcomer))
        .replace("**11:45:00** new one", "**11:45:00** _new_ · new one")
        .replace(/list:.*/, listOf(text)),
    );
    expect(build(text, { ...withEntries(newcomer), builtAt: "later" })).toBe(text);
  });

  it("puts it between its neighbours in a file that was edited, and takes the flag away with the next change", () => {
    const mine = first.replace("# Model incident", "# The day the till stood still");
    const second = build(mine, withEntries(newcomer));
    const third = build(second, withEntries(newcomer, { ...newcomer, id: "e7", minute: 720, text: "one more" }));

    expect(around(second, "new one")).toEqual(["- **11:40:00** Alert", "- **11:45:00** _new_ · new one", "- **11:50:00** taking it back"]);
    expect(third).toContain("- **11:45:00** new one");
    expect(third).toContain("- **12:00:00** _new_ · one more");
    expect(third).toContain("# The day the till stood still");
  });

  it("leaves an entry with an earlier time that the owner added before it", () => {
    const mine = first.replace(/(- \*\*11:40:00.*\n)/, "$1- **11:43** called the bank\n- **11:47** the bank called back\n");

    expect(around(build(mine, withEntries(newcomer)), "new one")).toEqual([
      "- **11:43** called the bank",
      "- **11:45:00** _new_ · new one",
      "- **11:47** the bank called back",
    ]);
  });

  it("replaces what changed at the source, and shows it beside words that the owner has changed", () => {
    const changed = { ...model, entries: model.entries.map((each) => (each.id === "e3" ? { ...each, text: "Alert: latency" } : each)) };
    const mine = first.replace("Alert: error rate", "The alert came, five minutes late");
    const merged = build(mine, changed);

    expect(build(first.replace("# Model", "# My"), changed)).toContain("**11:40:00** Alert: latency");
    expect(merged).toContain("- **11:40:00** The alert came, five minutes late");
    expect(merged).toMatch(/five minutes late .*\n {2}- _At the source now:_ \*\*11:40:00\*\* Alert: latency /);
    expect(report(mine, changed).conflicts).toEqual(["e3"]);
    const again = { ...changed, entries: changed.entries.map((each) => (each.id === "e3" ? { ...each, text: "Alert: both" } : each)) };
    expect(build(merged, again).match(/At the source now.*/g)).toHaveLength(1);
    expect(build(merged, again)).toMatch(/At the source now:_ \*\*11:40:00\*\* Alert: both /);
  });

  it("moves what got another time, unless the owner has moved it", () => {
    const later = { ...model, entries: model.entries.map((each) => (each.id === "e2" ? { ...each, minute: 705 } : each)) };
    const touched = first.replace("# Model", "# My");
    const line = /- \*\*11:30:00.*\n/.exec(first)![0];
    const moved = touched.replace(line, "").replace("## What helped\n\n-", `## What helped\n\n${line}-`);

    expect(around(build(touched, later), "seven people")[0]).toMatch(/^- \*\*11:40:00/);
    expect(around(build(moved, later), "seven people")).toEqual(["## What helped", "- **11:45:00** support: seven people wrote", "-"]);
  });

  it("puts a ticked box on the timeline, in the owner's words where they changed", () => {
    const ticked = first.replace("- [ ] 2026-03-04", "- [x] 2026-03-04");

    expect(around(build(ticked, model), "lunch?")).toEqual([
      "- **11:30:00** support: seven people wrote",
      "- **11:35:00** lunch?",
      "- **11:40:00** Alert",
    ]);
    expect(build(ticked.replace("lunch?", "went for lunch"), model)).toContain("\n- **11:35:00** went for lunch ([source]");
    expect(build(ticked, model).match(/e:e5 /g)).toHaveLength(1);
  });

  it("takes nothing out because a source could not be read this time", () => {
    const without = { ...model, entries: model.entries.filter(({ id }) => id !== "e3") };

    expect(build(first.replace("# Model", "# My"), without)).toContain("Alert: error rate");
  });

  it("keeps on the timeline what stood there when the draft chooses otherwise", () => {
    const other = { ...model, entries: model.entries.map((each) => ({ ...each, chosen: each.id === "e5" })) };
    const text = build(first.replace("# Model", "# My"), other);

    expect(text).toContain("- **11:40:00** Alert");
    expect(text).toContain("- **11:35:00** _new_ · lunch?");
  });

  it("does not bring back what was deleted, also when it changes, and also not its section", () => {
    const without = first.replace(/- \*\*11:40:00.*\n/, "").replace(/## Coverage[^]*(?=## Not)/, "");
    const text = build(without, { ...withEntries(newcomer), rows: [["slack #shop", "99 found"]] });

    expect(text).not.toContain("Alert: error rate");
    expect(text).not.toContain("Coverage");
    expect(text).not.toContain("99 found");
    expect(text).toContain("new one");
  });

  it("gives new evidence a section of its own where the owner has none left for it", () => {
    const text = build(first.replace(/## Timeline[^]*(?=## What helped)/, ""), withEntries(newcomer));

    expect(text).toMatch(/## New since the last build\n\n- \*\*11:45:00\*\* _new_ · new one/);
    expect(build(text, withEntries(newcomer))).toBe(text);
  });
});

describe("a file that other programs have changed", () => {
  it.each([
    ["line ends", (text: string) => text.replaceAll("\n", "\r\n")],
    ["bullets", (text: string) => text.replace(/^- /gm, "* ")],
    ["emphasis", (text: string) => text.replace(/_([^_\n]+)_/g, "*$1*")],
    ["padded tables", (text: string) => text.replace(/^\| (.*) \| (.*) \|$/gm, "|  $1     |  $2   |")],
    ["plain link targets", (text: string) => text.replace(/\]\(<([^>]*)>\)/g, "]($1)")],
    ["a byte order mark", (text: string) => `\uFEFF${text}`],
  ])("still counts as untouched with other %s, and keeps them", (_, change) => {
    const mine = change(first);
    expect(build(mine, model)).toBe(mine);
    const text = build(mine, { ...withEntries(newcomer), rows: [["slack #shop", "13 found"]] });

    expect(text.replaceAll("\r\n", "\n")).toMatch(/[-*] \*\*11:45:00\*\* _new_ · new one/);
    expect(text).toContain("13 found");
    expect(text).not.toContain("12 found");
    expect(text.split("\r\n").length > 1).toBe(mine.includes("\r\n"));
    expect(text.split("\n").every((line) => line.endsWith("\r") || !mine.includes("\r") || line === "")).toBe(true);
  });

  it("finds its entries by their links and words where every comment was lost, and offers the absent ones", () => {
    const bare = first.replace(/ ?<!--[^]*?-->/g, "").replace(/- \*\*11:40:00.*\n/, "");
    const mine = bare.replace("seven people", "some people").replace(" ([source](<https://example.com/e1>))", "");
    const merged = mergeFile(mine, generatedOf(withEntries(newcomer)));
    if (merged.action !== "write") throw new Error(merged.action);

    expect(merged.how).toEqual({ id: 0, link: 3, content: 1 });
    expect(merged.text).toContain("- **11:30:00** support: some people wrote ([source](<https://example.com/e2>)) <!-- e:e2 ");
    expect(merged.text).not.toContain("- **11:40:00**");
    expect(merged.text).toMatch(/- \[ \] 2026-03-04 11:40:00 Alert: error rate/);
    expect(merged.text).toMatch(/- \[ \] 2026-03-04 11:45:00 new one/);
    const counted = mine.replace("1 of 5", "1 of 6").replace("3 of 5", "2 of 6");
    expect(merged.text.replace(/ ?<!-- e:.*-->/g, "")).toContain(counted.slice(0, counted.indexOf("## Not on")));
    expect(build(merged.text, withEntries(newcomer))).toBe(merged.text);
  });

  it("leaves a file alone that has nothing of ours", () => {
    expect(mergeFile("# Shopping\n\n- milk\n", generatedOf(model)).action).toBe("foreign");
  });
});

describe("a state in which a merge could lose something", () => {
  it.each([
    ["conflict markers", first.replace("## Coverage", "<<<<<<< ours\n## Coverage\n=======\n## Abdeckung\n>>>>>>> theirs")],
    ["cut off", first.slice(0, first.indexOf("## Coverage"))],
    ["newer version", first.replace("incident-timeline/2", "incident-timeline/3")],
    ["damaged", first.replace(/list:\S+/, "list:00000000")],
    ["damaged", `${first}${first}`],
    ["another incident", first.replace("2026-03-04-model", "2026-01-01-other")],
  ])("stops: %s", (kind, text) => {
    const merged = mergeFile(text, generatedOf(model));

    expect(merged).toMatchObject({ action: "unsafe", danger: { kind } });
    expect(merged.action === "unsafe" && merged.proposal).toContain("Alert: error rate");
  });
});

function build(text: string | null, of: Model): string {
  const merged = mergeFile(text, generatedOf(of));
  if (merged.action !== "write" && merged.action !== "keep") throw new Error(merged.action);
  return merged.text;
}

function report(text: string, of: Model) {
  const merged = mergeFile(text, generatedOf(of)) as Extract<MergedFile, { report: unknown }>;
  return merged.report;
}

function withEntries(...added: ModelEntry[]): Model {
  return { ...model, entries: [...model.entries, ...added] };
}

/** The line with `words` and its neighbours, without links and empty lines. */
function around(text: string, words: string): string[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const at = lines.findIndex((line) => line.includes(words) && !line.includes("At the source"));
  return lines.slice(at - 1, at + 2).map((line) => line.replace(/(?:: error rate)? \(\[source\].*/, ""));
}

function listOf(text: string): string {
  return /list:.*/.exec(text)![0];
}
