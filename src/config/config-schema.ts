import { IANAZone } from "luxon";
import { z } from "zod";
import type { Connector } from "../contract/connector.js";
import type { Selection } from "../contract/selection.js";
import { formatDuration, parseDuration } from "../kit/duration.js";
import { MICROS_PER_DAY } from "../kit/instant.js";
import { retentionSchema } from "./retention-schema.js";
import { DEFAULT_STORE } from "./store-path.js";
import { watchSchema } from "./watch-schema.js";

/**
 * What people write, from one definition for the check, the defaults and the JSON Schema of editors: the top level,
 * and one optional section for each connector.
 */
export function configSchema(connectors: readonly Connector[]) {
  const account = z.string().min(1).max(200).optional();
  return z
    .strictObject({ ...TOP_LEVEL, people: peopleOf(account, connectors), services: servicesOf(connectors), ...sectionsOf(connectors) })
    .meta({ title: "timeline.config.json", description: "Config of incident-timeline. A source that has no section is not used." });
}

export type WrittenConfig = z.output<z.ZodObject<typeof TOP_LEVEL>> & {
  readonly people: readonly Readonly<Record<string, string>>[];
  readonly services: Readonly<Record<string, Selection>>;
};

function sectionsOf(connectors: readonly Connector[]): Record<string, z.ZodType> {
  return Object.fromEntries(
    connectors.map(({ id, name, config }) => [id, config.schema.optional().describe(`${name}: left out, it is not used`)]),
  );
}

function peopleOf(account: z.ZodOptional<z.ZodString>, connectors: readonly Connector[]) {
  return z
    .array(z.strictObject(Object.fromEntries(connectors.filter(({ sources }) => sources.length > 0).map(({ id }) => [id, account]))))
    .default([])
    .describe('Accounts that are one person: { "slack": "U024BE7LH", "github": "octo" }. Roles then stand for people, not for accounts');
}

/** What each service may name is what the connectors can be narrowed by. */
function servicesOf(connectors: readonly Connector[]) {
  const lists = new Map<string, string[]>();
  for (const { config } of connectors)
    for (const { key, description } of config.selects ?? []) lists.set(key, [...(lists.get(key) ?? []), description]);
  const names = z.array(z.string().trim().min(1).max(4000)).optional();
  const keys = [...lists].map(([key, descriptions]) => [key, names.describe(descriptions.join("; "))] as const);
  return z
    .record(
      z.string().regex(/^[^\p{C}\s]{1,60}$/u, "expected a service's name without white space"),
      z.strictObject(Object.fromEntries(keys)),
    )
    .default({})
    .describe(
      "What belongs to a service: `timeline build --service NAME` reads this alone. A list that is left out stays as its section has it",
    );
}

const TOP_LEVEL = {
  $schema: z.string().optional().describe("For editors"),
  store: z
    .string()
    .min(1)
    .regex(/^[^\u0000]*$/, "expected a path without NUL")
    .default(DEFAULT_STORE)
    .describe("The database; relative to this file"),
  template: z
    .string()
    .min(1)
    .regex(/^[^\u0000]*$/, "expected a path without NUL")
    .default("default")
    .describe('Of the Markdown: "default", "short", or a file with slots such as {{ timeline }}; relative to this file'),
  timezone: z
    .string()
    .refine((name) => IANAZone.isValidZone(name), 'expected an IANA time zone such as "Europe/Berlin"')
    .default("UTC")
    .describe("Shown beside UTC"),
  public: z
    .strictObject({
      sections: z
        .array(z.string().trim().min(1).max(200))
        .default([])
        .describe("Headings of the owner's file whose text goes into the public summary as it is"),
    })
    .prefault({})
    .describe("What `--audience public` may take from the owner's file; nothing if it is left out"),
  leadIn: z
    .strictObject({
      changes: duration(31, "PT24H", "Before the incident: changes"),
      conversation: duration(31, "PT2H", "Before the incident: conversation and alerts"),
      metrics: duration(31, "PT6H", "Before the incident: metrics"),
    })
    .prefault({})
    .describe("How far before the incident to look"),
  leadOut: duration(31, "PT2H", "How far after the incident to look"),
  recheckFor: duration(366, "P1D", "How long after its end a span is asked again"),
  changeLookBack: duration(90, "P7D", "How far before that changes are looked for that something links to the incident"),
  watch: watchSchema,
  retention: retentionSchema,
};

function duration(mostDays: number, standard: string, description: string) {
  const most = mostDays * MICROS_PER_DAY;
  return z
    .string()
    .refine(
      (text) => (parseDuration(text) ?? Infinity) <= most,
      `expected a duration such as "90m" or "PT24H", at most ${formatDuration(most)}`,
    )
    .default(standard)
    .describe(description);
}
