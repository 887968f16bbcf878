import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csv, rows as csvText } from "../../src/export/csv.js";
import { html } from "../../src/export/html.js";
import { jsonl } from "../../src/export/jsonl.js";
import { plain } from "../../src/kit/rich-text.js";
import { at, draft, entry, input, withEntries } from "./support/sample-draft.js";
import { csvRows } from "./support/csv-rows.js";

const later = { ...input, build: { ...input.build, at: input.build.at + 5_000_000, tookMs: 1, version: "9.9.9" } };
const csvField = (value: string | number | boolean | null) => csvText([[value, "end"]]).slice(0, -",end\r\n".length);
const objects = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe.each([csv, jsonl, html])("the seal of $format", (exporter) => {
  const text = exporter.render(input);

  it("covers all but the stamp", () => {
    expect(exporter.untouchedHash(text)).toMatch(/^[0-9a-f]{64}$/);
    expect(exporter.render(later)).not.toBe(text);
    expect(exporter.untouchedHash(exporter.render(later))).toBe(exporter.untouchedHash(text));
    expect(exporter.untouchedHash(exporter.render(withEntries(draft.entries[0]!)))).not.toBe(exporter.untouchedHash(text));
  });

  it("gives the same bytes again", () => {
    expect(exporter.render(structuredClone(input))).toBe(text);
  });

  it("knows a file that was changed anywhere, the stamp included, or is not ours", () => {
    const stamp = text.slice(0, -1).lastIndexOf("\n") + 1;
    const others = [
      "",
      "\n",
      "{}\n",
      text.trimEnd(),
      `${text}\n`,
      `${text}x`,
      text.slice(0, stamp),
      text.slice(stamp),
      text.replaceAll("\n", "\n\n"),
    ];
    for (const other of others) expect(exporter.untouchedHash(other)).toBeNull();
    fc.assert(
      fc.property(fc.nat(text.length - 1), (index) => {
        expect(exporter.untouchedHash(`${text.slice(0, index)}~${text.slice(index + 1)}`)).toBeNull();
      }),
      { numRuns: 100 },
    );
  });
});

describe("the CSV export", () => {
  const rows = csvRows(csv.render(input));
  const column = (name: string) => rows[0]!.indexOf(name);
  const of = (record: string) => rows.filter((row) => row[column("record")] === record);

  it("has one line a record, all of the same width, ended by CRLF", () => {
    const text = csv.render(input);

    expect(text.split("\r\n").length - 1).toBe(rows.length);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([rows[0]!.length]));
  });

  it("has the entries of the draft in their order, then the ledger, the counts and the stamp", () => {
    expect(of("entry").map((row) => row[column("id")])).toEqual(draft.entries.map((each) => each.id));
    expect(rows.at(-1)![column("record")]).toBe("stamp");
    expect(of("shown").at(-1)![column("message")]).toBe("6 of 7 entries shown");
    expect(of("coverage").map((row) => row[column("state")])).toEqual([
      "5 found",
      "asked, none found",
      "not asked",
      "1 found, not complete",
      "failed",
    ]);
    expect(of("gap").map((row) => row[column("state")])).toEqual(["not in channel", "truncated"]);
  });

  it.each([
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\u2060=1+1",
    '"=1+1',
    "'=1+1",
    "\u201c=1+1",
    "\uff1d1+1",
    "\uff0b1+1",
    "\uff0d1+1",
    "\uff20SUM(A1)",
    "\u0000=1+1",
    "\tplain",
  ])("puts an apostrophe before %j", (text) => {
    expect(csvField(text).replace(/^"/, "")).toMatch(/^'/);
  });

  it.each([
    ["a;=1+1", `"a;'=1+1"`],
    ["a; +1", `"a;' +1"`],
    ["a;b", `"a;b"`],
    ["a\n=1+1", `"a ⏎ =1+1"`],
    ["a\r\nb", `"a ⏎ b"`],
    ['say "no"', `"say ""no"""`],
    ["a,b", `"a,b"`],
    ["plain 1.5", "plain 1.5"],
    [" edge ", `" edge "`],
  ])("writes %j as %s", (text, field) => {
    expect(csvField(text)).toBe(field);
  });

  it("leaves numbers and nothing as they are", () => {
    expect([csvField(-1), csvField(0.5), csvField(true), csvField(null), csvField("")]).toEqual(["-1", "0.5", "true", "", ""]);
  });

  it("lets no text open a row, a cell or a formula", () => {
    const pieces = fc.array(
      fc.constantFrom("=", "+", "-", "@", ";", ",", '"', "'", "\r", "\n", "\t", " ", "\u200b", "\u2028", "a", "\uff1d"),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join("");
        const field = csvField(text);
        const [row, ...others] = csvRows(`${field},end\r\n`);

        expect(others).toEqual([]);
        expect(row).toHaveLength(2);
        expect(field).not.toMatch(/[\r\n]/);
        expect(row![0]).not.toMatch(/(?:^|;)[\s\p{Z}\p{C}"]*[=+\-@\uff1d]/u);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the JSONL export", () => {
  const records = objects(jsonl.render(input));

  it("has what Timesketch needs in every record, in one form", () => {
    for (const record of records) {
      expect(record["message"]).toMatch(/./);
      expect(record["datetime"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
      expect(record["timestamp"]).toBe(at(record["datetime"] as string));
      expect(record["timestamp_desc"]).toMatch(/./);
    }
  });

  it("has the entries of the draft in their order, and nothing before the last of them", () => {
    const ids = records.filter((each) => each["record"] === "entry").map((each) => each["id"]);
    const times = records.map((each) => each["timestamp"] as number);

    expect(ids).toEqual(draft.entries.map((each) => each.id));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(records.at(-1)).toMatchObject({ record: "stamp" });
  });

  it("names people by their roles only, and links only where a reader may be sent", () => {
    const bad = entry({
      id: "x",
      at: at("2026-03-04T12:00:00Z"),
      person: "slack:U9SECRET",
      links: [{ label: "x", url: "javascript:alert(1)" }],
    });
    const text = jsonl.render(withEntries(...draft.entries, bad));

    expect(text).not.toMatch(/octavia|U9SECRET|javascript/i);
    expect(text).toContain('"role":"responder C"');
  });

  it("keeps each record on a line of its own, whatever stands in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const rendered = jsonl.render(
          withEntries(entry({ id: text, at: at("2026-03-04T12:00:00Z"), text: plain(`x${text}`), scopeName: text })),
        );

        expect(objects(rendered)[0]).toMatchObject({ record: "entry", ...(text === "" ? {} : { id: text.toWellFormed() }) });
        expect(rendered.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u0085\u2028\u2029]/);
        expect(jsonl.untouchedHash(rendered)).not.toBeNull();
      }),
      { numRuns: 15 },
    );
  });

  it("ships a format for lnav that knows every member", () => {
    const file = new URL("../../schema/lnav-incident-timeline.json", import.meta.url);
    const format = (
      JSON.parse(readFileSync(file, "utf8")) as {
        incident_timeline: { value: Record<string, { hidden?: true }>; "line-format": readonly (string | { field: string })[] };
      }
    ).incident_timeline;
    const members = new Set(records.flatMap((each) => Object.keys(each)));

    expect([...members].filter((name) => name !== "datetime" && !(name in format.value))).toEqual([]);
    const onTheLine = new Set(format["line-format"].map((part) => (typeof part === "string" ? part : part.field)));
    for (const [name, { hidden = false }] of Object.entries(format.value))
      expect({ name, hidden }).toEqual({ name, hidden: !onTheLine.has(name) });
  });
});
