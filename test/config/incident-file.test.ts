import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { incidentJsonSchema, readIncidentFile } from "../../src/config/incident-file.js";
import { UsageError } from "../../src/kit/errors.js";
import { fromIso } from "../../src/kit/instant.js";

const path = join(mkdtempSync(join(tmpdir(), "incident-")), "incident.json");
const read = (text: string) => (writeFileSync(path, text), readIncidentFile(path));
const shipped = new URL("../../schema/incident.schema.json", import.meta.url);
const WHOLE = {
  $schema: "./schema/incident.schema.json",
  id: "inc-42",
  title: "Checkout errors",
  start: "2026-03-04T12:20:00+01:00",
  end: "2026-03-04T13:05:00Z",
  severity: "SEV1",
  services: ["checkout"],
  channels: ["#ops"],
  repos: ["acme/shop"],
  destinations: ["folder/reports"],
  url: "https://acme.slack.com/archives/C1",
  summary: "One in twelve fails",
};

describe("an incident file", () => {
  it("tells of one, with the least that is needed or with all", async () => {
    expect(await read('{ "title": "T", "start": "2026-03-04T11:20:00Z" }')).toEqual({
      id: null,
      title: "T",
      start: fromIso("2026-03-04T11:20:00Z"),
      end: null,
      severity: null,
      wishes: { services: [], only: {}, destinations: null },
      url: null,
    });
    expect(await read(JSON.stringify(WHOLE))).toMatchObject({
      id: "inc-42",
      start: fromIso("2026-03-04T11:20:00Z"),
      wishes: { services: ["checkout"], only: { channels: ["#ops"], repos: ["acme/shop"] }, destinations: ["folder/reports"] },
    });
  });

  it.each([
    ["{}", /title: expected a string[^]*start: expected a string/],
    ['{"title":"T","start":"yesterday"}', /start \(line 1, column \d+\): expected a time/],
    ['{"title":"T","start":"2026-03-04T11:20:00"}', /with Z or an offset/],
    ['{"title":"T","start":"2026-03-04T11:20:00Z","sevrity":"x"}', /did you mean "severity"\?/],
    ['{"title":"T","start":"2026-03-04T11:20:00Z","url":"file:///etc/passwd"}', /url/],
    ['{"title":"T","title":"U","start":"2026-03-04T11:20:00Z"}', /stands there twice/],
    ["[1,]", /line 1, column/],
    ["", /empty/],
  ])("%s is refused with what is wrong", async (text, words) => {
    const error: unknown = await read(text).catch((reason: unknown) => reason);
    if (!(error instanceof UsageError)) throw error;
    expect(error.id).toBe("INCIDENT_FILE_INVALID");
    expect([error.message, ...error.problems].join("\n")).toMatch(words);
  });
});

describe("its JSON Schema", () => {
  if (process.env["UPDATE_SCHEMAS"]) writeFileSync(shipped, incidentJsonSchema());

  it("ships as it is checked (UPDATE_SCHEMAS=1 writes it)", () => {
    expect(readFileSync(shipped, "utf8")).toBe(incidentJsonSchema());
    const validate = addFormats.default(new Ajv({ strict: false })).compile(JSON.parse(readFileSync(shipped, "utf8")) as object);
    expect(validate(WHOLE)).toBe(true);
    expect(validate({ ...WHOLE, sevrity: "x" })).toBe(false);
  });
});
