import { z } from "zod";
import { describedIncident, IncidentFile, type DescribedIncident } from "../contract/incident-file.js";
import { UsageError } from "../kit/errors.js";
import { JsonSyntaxError, parseJson } from "./parse-json.js";
import { describeProblems, problemLine, problemsOf, twice } from "./problems.js";
import { readConfigFile } from "./read-config-file.js";

/**
 * The incident that a JSON file describes. @throws {UsageError} INCIDENT_FILE_INVALID with all problems at once, each
 * with its line and column.
 */
export async function readIncidentFile(path: string): Promise<DescribedIncident> {
  const { text } = await readConfigFile(path, { merelyFound: false }).catch((error: unknown) => {
    throw error instanceof UsageError ? unusable(error.message, []) : error;
  });
  const json = parsed(text, path);
  const result = IncidentFile.safeParse(json.value);
  const problems = result.success ? json.duplicates.map(twice) : problemsOf(result.error, IncidentFile, json.value);
  if (!result.success || problems.length > 0)
    throw unusable(`${path} cannot be used.`, describeProblems(problems, json, () => null).map(problemLine));
  return describedIncident(result.data);
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
