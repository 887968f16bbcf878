import { describe, expect, it } from "vitest";
import { attachmentFor } from "../../src/attach/attachment.js";
import { planAttach } from "../../src/attach/attach-to.js";
import { inOrder, nameFor, summarize, type Visible } from "../../src/attach/index.js";
import type { Place } from "../../src/contract/destination.js";
import type { NoticeReport } from "../../src/contract/notice.js";
import type { AttachedRecord } from "../../src/contract/watch.js";
import { draft, entry, input } from "../export/support/sample-draft.js";
import { summaryOf } from "./rig.js";

const visible: Visible = {
  draft,
  roles: input.roles,
  incident: draft.incident.id,
  title: draft.incident.title,
  leftOut: { records: 0, scopes: 0 },
  isSanitized: false,
};

describe("summarize", () => {
  it("has what was put forward, in order of time, with the roles that it names and no others", () => {
    const summary = summarize(visible, "resolved");
    const forward = draft.entries.filter(({ highlighted, deleted }) => highlighted && !deleted);

    expect(summary.highlights.map(({ at }) => at)).toEqual(forward.map(({ at }) => at));
    expect(summary.milestones.map(({ name }) => name)).toEqual(Object.keys(draft.milestones));
    expect(Object.keys(summary.roles).length).toBeLessThanOrEqual(Object.keys(input.roles).length);
    expect(summary).toMatchObject({ stage: "resolved", leftOut: null, title: draft.incident.title });
  });

  it("leaves out what was deleted at its source", () => {
    const gone = draft.entries.map((each) => ({ ...each, highlighted: true, deleted: true }));

    expect(summarize({ ...visible, draft: { ...draft, entries: gone } }, "open").highlights).toEqual([]);
  });

  it("tells how complete it is, a line for each source that is not", () => {
    const line = draft.coverage[0]!;
    const coverage = [
      { ...line, connector: "a", source: "x", state: "complete" as const, gaps: [] },
      { ...line, connector: "b", source: "y", state: "complete" as const, gaps: [] },
      {
        ...line,
        connector: "b",
        source: "y",
        state: "failed" as const,
        gaps: [{ reason: "forbidden" as const, span: null, count: null, detail: "#secret-name", hint: null }],
      },
    ];

    expect(summarize({ ...visible, draft: { ...draft, coverage } }, "open").coverage).toEqual(["b y: 1 of 2 read whole; forbidden (1)."]);
    expect(summarize({ ...visible, draft: { ...draft, coverage: coverage.slice(0, 2) } }, "open").coverage).toEqual([
      "Everything that was asked was read, of 2 sources.",
    ]);
    expect(summarize({ ...visible, draft: { ...draft, coverage: [] } }, "open").coverage).toEqual(["Nothing was asked."]);
  });

  it("counts what is left out", () => {
    expect(summarize({ ...visible, leftOut: { records: 12_000, scopes: 1 } }, "open").leftOut).toMatch(
      /^Left out here, .*: 12,000 records and 1 channel, repository or query\. /,
    );
    expect(summarize({ ...visible, leftOut: { records: 1, scopes: 0 } }, "open").leftOut).toContain(": 1 record. ");
  });

  it("has no time for people outside that no public record tells", () => {
    const reported = { ...draft.milestones, impactStart: { state: "found", at: draft.incident.start, entries: [], because: "" } as const };
    const summary = summarize({ ...visible, draft: { ...draft, milestones: reported }, title: null, isSanitized: true }, "open");

    expect(summary.milestones[0]).toEqual({ name: "impactStart", label: "Impact began", at: null, state: "missing" });
    expect(summary.status).toEqual([]);
  });

  it("has no word that a source wrote for people outside", () => {
    const summary = summarize({ ...visible, title: null, isSanitized: true, leftOut: { records: 3, scopes: 1 } }, "open");

    expect(summary).toMatchObject({ highlights: [], coverage: [], roles: {}, title: null });
    expect(summary.leftOut).toBe("The words, links and names of 3 records are left out.");
  });

  it("takes 10,000 entries", () => {
    const entries = Array.from({ length: 10_000 }, (_, index) => entry({ id: `e${index}`, at: index, highlighted: true }));

    expect(summarize({ ...visible, draft: { ...draft, entries } }, "open").highlights).toHaveLength(10_000);
  });
});

describe("nameFor", () => {
  const reports = (...more: readonly Partial<NoticeReport>[]) =>
    more.map((each) => ({ key: "slack:C1", title: "T", visibility: "private", ...each }) as NoticeReport);

  it.each([
    ["the owner's, where no place told of it", "public", [], { isOwn: true, isTold: true }],
    ["its own, where the first place is readable", "public", [{ visibility: "public" }], { isOwn: true, isTold: true }],
    ["its own, to members of the first place", { connector: "slack", scopes: ["C1"] }, [{}], { isOwn: true, isTold: true }],
    ["none, to members of the same id elsewhere", { connector: "github", scopes: ["C1"] }, [{}], { isOwn: false, isTold: false }],
    ["that of another place", "public", [{}, { visibility: "public", title: "Other" }], { isOwn: false, isTold: true }],
    ["none", "public", [{}], { isOwn: false, isTold: false }],
  ] as const)("gives %s", (_name, audience, told, expected) => {
    const name = nameFor(audience, draft.incident, reports(...(told as readonly Partial<NoticeReport>[])));

    expect(name).toMatchObject(expected);
    expect(name.incident.id === draft.incident.id).toBe(expected.isOwn);
    if (!expected.isOwn) expect(name.incident.id).toMatch(/^incident-[0-9a-f]{8}$/);
    if (!expected.isOwn) expect(name.incident.title).toBe(expected.isTold ? "Other" : name.incident.title);
    if (!expected.isTold) expect(name.incident.title).toMatch(/^Incident [0-9a-f]{8}$/);
  });
});

describe("what is attached", () => {
  const place = (more: Partial<Place> = {}): Place => ({
    id: "a",
    name: "a",
    readers: { who: "organisation" },
    takes: "summary",
    renewed: "content",
    ...more,
  });
  const file = (text: string) => [{ name: "x.md", mediaType: "text/markdown", text }];
  const hashOf = (takes: Place["takes"], words: string, text: string) => attachmentFor({ takes }, "x", summaryOf(words), file(text)).hash;

  it("has a hash over what the place takes, and over nothing else", () => {
    expect(hashOf("summary", "a", "one")).toBe(hashOf("summary", "a", "two"));
    expect(hashOf("file", "a", "one")).toBe(hashOf("file", "b", "one"));
    expect(hashOf("both", "a", "one")).not.toBe(hashOf("both", "b", "one"));
    expect(hashOf("both", "a", "one")).not.toBe(hashOf("both", "a", "two"));
    expect(hashOf("summary", "a", "one")).not.toBe(hashOf("summary", "b", "one"));
  });

  it.each<[string, Partial<AttachedRecord> | null, Partial<Place>, ReturnType<typeof planAttach>]>([
    ["nothing is known", null, {}, "find"],
    ["it may be there or not", { state: "posting", remote: null }, {}, "find"],
    ["it is there, under a name that is not known", { remote: null }, {}, "find"],
    ["it is there as it is", {}, {}, "nothing"],
    ["it shows something else", { hash: "other" }, {}, "update"],
    ["it shows something else of the same stage", { hash: "other" }, { renewed: "stage" }, "nothing"],
    ["it shows an earlier stage", { hash: "other", stage: "open" }, { renewed: "stage" }, "update"],
    ["somebody took it away", { state: "gone" }, {}, "stay away"],
  ])("is planned where %s", (_when, known, more, plan) => {
    const attachment = attachmentFor({ takes: "summary" }, "x", summaryOf("a", "resolved"), []);
    const shown: AttachedRecord = {
      incident: "x",
      connector: "c",
      place: "a",
      state: "shown",
      remote: {},
      hash: attachment.hash,
      stage: "resolved",
      at: 0,
    };
    const record = known === null ? null : { ...shown, ...known };

    expect(planAttach({ incident: "x", connector: "c", place: place(more), attachment, known: record })).toBe(plan);
  });

  it("goes to each place once, behind the one that it stands in", () => {
    const [inner, outer, lost] = [place({ id: "b", within: "a" }), place({ id: "a" }), place({ id: "c", within: "nowhere" })];

    expect(inOrder([inner, outer, outer, lost]).map(({ id }) => id)).toEqual(["a", "b"]);
  });
});
