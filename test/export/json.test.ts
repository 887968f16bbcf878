import { readFileSync, writeFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExportInput } from "../../src/contract/export.js";
import { json } from "../../src/export/json.js";
import { timelineJsonSchema, TimelineFile } from "../../src/export/json/format.js";
import { sha256 } from "../../src/kit/hash.js";
import { paragraph, plain } from "../../src/kit/rich-text.js";
import { at, draft, entry, input, withEntries } from "./support/sample-draft.js";

const shipped = new URL("../../schema/incident-timeline-1.schema.json", import.meta.url);
if (process.env["UPDATE_SCHEMAS"]) writeFileSync(shipped, timelineJsonSchema());

const validate = new Ajv2020({ strict: true, allErrors: true }).compile(JSON.parse(timelineJsonSchema()) as object);
const read = (given: ExportInput) => JSON.parse(json.render(given)) as TimelineFile;

describe("the JSON export", () => {
  it("ships the schema that its format says (UPDATE_SCHEMAS=1 writes it)", () => {
    expect(readFileSync(shipped, "utf8")).toBe(timelineJsonSchema());
  });

  it("fits its schema", () => {
    const file = read(input);

    expect(validate(file)).toBe(true);
    expect(TimelineFile.parse(file)).toEqual(file);
  });

  it("has the members that other programs rely on, in their order, the stamp last", () => {
    const file = read(input);

    expect(Object.keys(file)).toEqual([
      "format",
      "incident",
      "window",
      "entries",
      "evidence",
      "series",
      "milestones",
      "durations",
      "changes",
      "anomalies",
      "questions",
      "participants",
      "coverage",
      "notes",
      "counts",
      "build",
    ]);
    expect(file.entries[3]).toEqual({
      id: "slack:C1:1772623450.000100",
      aliases: [],
      at: "2026-03-04T11:24:10.000100Z",
      endedAt: null,
      atMeans: "posted",
      precisionMicros: 1,
      sourceTime: "1772623205.000100",
      phase: "detection",
      kind: "slack.message.posted",
      category: "conversation",
      scope: "#inc-checkout",
      text: "responder C: I see 5xx on checkout since 11:20, TTL of the price cache looks wrong",
      role: "responder C",
      links: [{ label: "#inc-checkout", url: "https://acme.slack.example/archives/C1/p1772623205000100" }],
      highlighted: true,
      because: ["an alert that fired"],
      score: 0.5,
      milestone: "detected",
      group: null,
      confidence: "fact",
      visibility: "public",
      deleted: false,
      evidence: ["slack:C1:1772623450.000100"],
      original: null,
    });
    expect(file.counts.entries).toEqual({ shown: 6, total: 7 });
    expect(file.counts.byKind["slack.message.posted"]).toEqual({ shown: 3, total: 4 });
  });

  it.each([
    [1, "2026-03-04T11:24:10.120034Z"],
    [1000, "2026-03-04T11:24:10.120Z"],
    [1_000_000, "2026-03-04T11:24:10Z"],
    [3_600_000_000, "2026-03-04T11:24:10Z"],
  ])("gives the digits of a precision of %d microseconds", (precisionMicros, expected) => {
    const file = read(withEntries(entry({ id: "a", at: at("2026-03-04T11:24:10.120034Z"), precisionMicros })));

    expect(file.entries[0]!.at).toBe(expected);
  });

  it("names people by their roles only, and those without one by none", () => {
    const stranger = { ...draft.entries[3]!, person: "slack:U99SECRET" };
    const body = [
      paragraph([
        { type: "account", connector: "slack", account: "U99SECRET" },
        { type: "role", person: "slack:U98SECRET" },
      ]),
    ];
    const text = json.render(withEntries(...draft.entries, stranger, entry({ id: "x", at: stranger.at, text: body })));

    expect(text).not.toMatch(/U0\dOCTAVIA|U08BRUNO|octavia|U9\dSECRET/i);
    expect(text).toContain('"text": "someonesomeone"');
  });

  it("has no number that JSON does not know", () => {
    const broken = { ...draft.anomalies[0]!, usual: Number.NaN, extreme: Number.POSITIVE_INFINITY, factor: Number.NaN };
    const file = read({ ...input, draft: { ...draft, anomalies: [broken] } });

    expect(file.anomalies[0]).toMatchObject({ usual: null, extreme: null, factor: null });
    expect(validate(file)).toBe(true);
  });

  it("hashes all but the stamp", () => {
    const text = json.render(input);
    const later = json.render({ ...input, build: { ...input.build, at: input.build.at + 5_000_000, tookMs: 1, version: "9.9.9" } });

    expect(json.untouchedHash(text)).toBe(sha256(text.slice(0, text.indexOf('\n  "build"'))));
    expect(read(input).build.sha256).toBe(json.untouchedHash(text));
    expect(later).not.toBe(text);
    expect(json.untouchedHash(later)).toBe(json.untouchedHash(text));
  });

  it("knows a file that was changed, wherever it was, or is not ours", () => {
    const text = json.render(input);

    for (const other of [
      "",
      "{}",
      "[]",
      "null",
      text.trimEnd(),
      `${text} `,
      text.replace("Checkout", "checkout"),
      text.replaceAll("\n", "\r\n"),
    ]) {
      expect(json.untouchedHash(other)).toBeNull();
    }
    fc.assert(
      fc.property(fc.nat(text.lastIndexOf('\n  "build"')), (index) => {
        expect(json.untouchedHash(`${text.slice(0, index)}~${text.slice(index + 1)}`)).toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  it("fits its schema and keeps its hash with any text", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        const given = withEntries(entry({ id: `slack:${text}`, at: at("2026-03-04T11:24:10Z"), text: plain(text), scopeName: text }));
        const rendered = json.render({
          ...given,
          draft: { ...given.draft, incident: { ...draft.incident, title: `\n  "build": {${text}` } },
        });

        expect(validate(JSON.parse(rendered))).toBe(true);
        expect(json.untouchedHash(rendered)).not.toBeNull();
      }),
      { numRuns: 50 },
    );
  });
});
