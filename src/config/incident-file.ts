import { z } from "zod";
import { UsageError } from "../kit/errors.js";
import { fromIso, type EpochMicros } from "../kit/instant.js";
import { JsonSyntaxError, parseJson } from "./parse-json.js";
import { describeProblems, problemLine, problemsOf, twice } from "./problems.js";
import { readConfigFile } from "./read-config-file.js";

const Instant = z.string().refine((text) => fromIso(text) !== null, 'expected a time such as "2026-03-04T11:20:00Z", with Z or an offset');

const IncidentFile = z
  .strictObject({
    $schema: z.string().optional().describe("For editors"),
    id: z.string().min(1).max(100).optional().describe("Its name in the store and of its files; left out, its start date and title"),
    title: z.string().trim().min(1).max(300).describe("What it is called"),
    start: Instant.describe("When it began, as far as it is known: ISO 8601 with Z or an offset"),
    end: Instant.nullable().default(null).describe("When it was over; null or left out while it is open"),
    severity: z.string().max(40).nullable().default(null).describe("As your organisation says it: SEV1, critical"),
    services: z
      .array(z.string().min(1))
      .max(100)
      .default([])
      .describe("Services of the config that are read; none: everything that the config names"),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .nullable()
      .default(null)
      .describe("Where people work on it"),
    summary: z.string().max(10_000).optional().describe("For people; it is not used"),
  })
  .meta({ title: "Incident", description: "An incident for `timeline build --incident FILE`." });

/** An incident as a file tells of it. */
export interface WrittenIncident {
  readonly id: string | null;
  readonly title: string;
  readonly start: EpochMicros;
  readonly end: EpochMicros | null;
  readonly severity: string | null;
  readonly services: readonly string[];
  readonly url: string | null;
}

/**
 * The incident that a JSON file describes. @throws {UsageError} INCIDENT_FILE_INVALID with all problems at once, each
 * with its line and column.
 */
export async function readIncidentFile(path: string): Promise<WrittenIncident> {
  const { text } = await readConfigFile(path, { merelyFound: false }).catch((error: unknown) => {
    throw error instanceof UsageError ? unusable(error.message, []) : error;
  });
  const json = parsed(text, path);
  const result = IncidentFile.safeParse(json.value);
  const problems = result.success ? json.duplicates.map(twice) : problemsOf(result.error, IncidentFile, json.value);
  if (!result.success || problems.length > 0)
    throw unusable(`${path} cannot be used.`, describeProblems(problems, json, () => null).map(problemLine));
  const { id = null, title, start, end, severity, services, url } = result.data;
  return { id, title, start: fromIso(start)!, end: end === null ? null : fromIso(end), severity, services, url };
}

/** JSON Schema (draft 7) of such a file, as it ships in `schema/`. */
export function incidentJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(IncidentFile, { target: "draft-7", io: "input" }), null, 2)}\n`;
}

function parsed(text: string, path: string): ReturnType<typeof parseJson> {
  try {
    return parseJson(text);
  } catch (cause) {
    if (!(cause instanceof JsonSyntaxError)) throw cause;
    throw unusable(`${path} cannot be used.`, [`line ${cause.position.line}, column ${cause.position.column}: ${cause.message}`]);
  }
}

function unusable(message: string, problems: readonly string[]): UsageError {
  return new UsageError(message, {
    id: "INCIDENT_FILE_INVALID",
    problems,
    hint: 'Write it as schema/incident.schema.json says, such as { "title": "Checkout errors", "start": "2026-03-04T11:20:00Z" }.',
  });
}
