import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { z } from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DiffJson } from "../../src/cli/schemas/diff.js";
import { DoctorJson } from "../../src/cli/schemas/doctor.js";
import { LintJson } from "../../src/cli/schemas/lint.js";
import { ListJson } from "../../src/cli/schemas/list.js";
import { ShowJson } from "../../src/cli/schemas/show.js";
import { openBench, type Bench } from "../support/build-fixture.js";
import { timeline } from "./support.js";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await bench.build();
  writeFileSync(join(bench.folder, "draft.md"), "We should have rolled back.\n");
});
afterAll(() => bench.close());

const CASES = [
  ["list", ListJson, ["list", "--json"]],
  ["show", ShowJson, ["show", "--all", "--json"]],
  ["diff", DiffJson, ["diff", "--json"]],
  ["doctor", DoctorJson, ["doctor", "--json"]],
  ["lint", LintJson, ["lint", "--format", "json", "draft.md"]],
] as const;

describe.each(CASES)("the JSON of %s", (name, schema, argv) => {
  const shipped = new URL(`../../schema/incident-timeline-${name}-1.schema.json`, import.meta.url);
  const made = `${JSON.stringify(z.toJSONSchema(schema, { target: "draft-2020-12" }), null, 2)}\n`;
  if (process.env["UPDATE_SCHEMAS"]) writeFileSync(shipped, made);

  it("ships the schema that its format says (UPDATE_SCHEMAS=1 writes it)", () => {
    expect(readFileSync(shipped, "utf8")).toBe(made);
  });

  it("fits it", async () => {
    const { out } = await timeline(bench.folder, argv);
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(JSON.parse(made) as object);
    expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
  });
});
