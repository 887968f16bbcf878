import { readFileSync, writeFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { builtinConnectors } from "../../connectors/index.js";
import { configJsonSchema } from "../../src/config/config-json-schema.js";
import { configSchema } from "../../src/config/config-schema.js";
import { loadConfig } from "../../src/config/load-config.js";
import { unwrap } from "../../src/config/walk-schema.js";

const root = new URL("../../", import.meta.url);
const shipped = new URL("schema/timeline.config.schema.json", root);
const example = new URL("config.example.json", root);

describe("the JSON Schema of the config", () => {
  if (process.env["UPDATE_SCHEMAS"]) writeFileSync(shipped, configJsonSchema(builtinConnectors));

  it("ships as the connectors define it (UPDATE_SCHEMAS=1 writes it)", () => {
    expect(readFileSync(shipped, "utf8")).toBe(configJsonSchema(builtinConnectors));
  });

  it("takes the example, and no unknown key", () => {
    const ajv = addFormats.default(new Ajv({ allErrors: true, strict: false }));
    const validate = ajv.compile(JSON.parse(readFileSync(shipped, "utf8")) as object);
    const written = JSON.parse(readFileSync(example, "utf8")) as object;

    expect(validate(written) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...written, chanels: [] })).toBe(false);
  });
});

describe("the example", () => {
  it("loads", async () => {
    const tokens = {
      SLACK_BOT_TOKEN: "a",
      GITHUB_TOKEN: "b",
      DD_API_KEY: "c",
      DD_APP_KEY: "d",
      TIMELINE_WEBHOOK_SECRET: "e",
      TIMELINE_NOTICE_SECRET: "f",
    };
    const config = await loadConfig({ path: example.pathname, cwd: "/", env: tokens, connectors: builtinConnectors });

    expect([...config.sections.keys()]).toEqual(builtinConnectors.map(({ id }) => id));
  });

  it("shows every key there is", () => {
    expect(missingKeys(configSchema(builtinConnectors), JSON.parse(readFileSync(example, "utf8")), "config")).toEqual([]);
  });
});

/** Keys of the schema that the example does not show; of lists the first item is looked at. */
function missingKeys(schema: z.core.$ZodType, value: unknown, path: string): string[] {
  const { schema: inner, secret } = unwrap(schema);
  if (secret) return [];
  if (inner instanceof z.ZodArray)
    return Array.isArray(value) && value.length > 0 ? missingKeys(inner.def.element, value[0], `${path}[0]`) : [];
  if (!(inner instanceof z.ZodObject) || value === null || typeof value !== "object") return [];
  const members = new Map(Object.entries(value));
  return Object.entries(inner.shape).flatMap(([key, member]) =>
    members.has(key) ? missingKeys(member, members.get(key), `${path}.${key}`) : [`${path}.${key}`],
  );
}
