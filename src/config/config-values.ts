import type { z } from "zod";
import type { SecretRef } from "../contract/secret.js";
import type { Path } from "./parse-json.js";
import { keysAt, schemaAt, unwrap } from "./walk-schema.js";

/** One value that counts, and where it came from. */
export interface ConfigValue {
  /** `slack.channels` */
  readonly key: string;
  /** As it is written; of a secret, only where it is found. */
  readonly value: unknown;
  readonly isSecret: boolean;
  readonly origin: string;
}

/** Every value of the config with its defaults: lists whole unless secrets stand in them, objects by their members. */
export function configValues(written: unknown, schema: z.core.$ZodType, originOf: (path: Path) => string): ConfigValue[] {
  return walk(written, []);

  function walk(value: unknown, path: Path): ConfigValue[] {
    const at = schemaAt(schema, path);
    const isSecret = at !== null && unwrap(at).secret;
    if (!isSecret && value !== null && typeof value === "object" && !Array.isArray(value))
      return Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : walk(member, [...path, key])));
    if (Array.isArray(value) && keysAt(schema, [...path, 0]).some((key) => unwrap(schemaAt(schema, [...path, 0, key])!).secret))
      return value.flatMap((item: unknown, index) => walk(item, [...path, index]));
    return [{ key: path.join("."), value: isSecret ? placeOf(value as SecretRef) : value, isSecret, origin: originOf(path) }];
  }
}

function placeOf(reference: SecretRef | null): string | null {
  if (reference === null) return null;
  if ("env" in reference) return `environment variable ${reference.env}`;
  return "file" in reference ? "a file" : "a command";
}
