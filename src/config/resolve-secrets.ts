import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { Secret, type SecretRef } from "../contract/secret.js";
import type { Path } from "./parse-json.js";
import type { Problem } from "./problems.js";
import { unwrap } from "./walk-schema.js";

export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths and commands start here: the folder of the config. */
  readonly folder: string;
  /** The config was named: files and commands count. */
  readonly trusted: boolean;
  /** false: nothing is to be sent, so that none needs to be there; what is written is judged all the same. */
  readonly needed: boolean;
}

/** Where it is found holds nothing that could be sent. */
export const MISSING = "CONFIG_SECRET_MISSING";
const UNTRUSTED = "CONFIG_SECRET_UNTRUSTED";
const COMMAND_LIMITS = { timeout: 30_000, maxBuffer: 64 * 1024, windowsHide: true };

/**
 * The value with a `Secret` in the place of each reference of the schema, or null where nothing is found and it may be
 * left out. What is missing is added to `problems`, by the name of its place and never by its value.
 */
export async function resolveSecrets(
  schema: z.core.$ZodType,
  value: unknown,
  path: Path,
  sources: SecretSources,
  problems: Problem[],
): Promise<unknown> {
  const { schema: inner, secret, optional } = unwrap(schema);
  if (secret) return value === null || value === undefined ? null : secretOf(value as SecretRef, optional, path, sources, problems);
  if (inner instanceof z.ZodObject && value !== null && typeof value === "object") {
    const shape = new Map(Object.entries(inner.shape));
    const members: [string, unknown][] = [];
    for (const [key, member] of Object.entries(value)) {
      const of = shape.get(key);
      members.push([key, of === undefined ? member : await resolveSecrets(of, member, [...path, key], sources, problems)]);
    }
    return Object.freeze(Object.fromEntries(members));
  }
  if (!(inner instanceof z.ZodArray) || !Array.isArray(value)) return value;
  const items: unknown[] = [];
  for (const [index, item] of value.entries())
    items.push(await resolveSecrets(inner.def.element, item, [...path, index], sources, problems));
  return Object.freeze(items);
}

async function secretOf(
  reference: SecretRef,
  optional: boolean,
  path: Path,
  sources: SecretSources,
  problems: Problem[],
): Promise<Secret | null> {
  const refuse = (id: string, text: string): null => {
    problems.push({ path, id, text });
    return null;
  };
  if (!("env" in reference) && !sources.trusted) {
    return refuse(
      UNTRUSTED,
      '{ "file" } and { "command" } count only in a config that is named by --config or TIMELINE_CONFIG; use { "env": "NAME" }',
    );
  }
  if (!sources.needed) return null;
  const found = await lookUp(reference, sources);
  if (typeof found !== "string") return refuse(MISSING, found.failure);
  const value = found.trim();
  if (value === "") return optional ? null : refuse(MISSING, `nothing is set in ${whereOf(reference)}; set it, or leave the section out`);
  if (/[^\x21-\x7e]/.test(value))
    return refuse(MISSING, `${whereOf(reference)} holds white space or other characters that no credential has`);
  return new Secret(value);
}

async function lookUp(reference: SecretRef, { env, folder }: SecretSources): Promise<string | { failure: string }> {
  if ("env" in reference) return env[reference.env] ?? "";
  try {
    if ("file" in reference) return await readFile(resolve(folder, reference.file), "utf8");
    const [program, ...rest] = reference.command as [string, ...string[]];
    return (await promisify(execFile)(program, rest, { ...COMMAND_LIMITS, cwd: folder, env })).stdout;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    return { failure: "file" in reference ? `the file cannot be read${code}` : `the command failed${code}` };
  }
}

function whereOf(reference: SecretRef): string {
  if ("env" in reference) return `the environment variable ${reference.env}`;
  return "file" in reference ? "the file" : "what the command prints";
}
