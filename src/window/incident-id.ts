import { UsageError } from "../kit/errors.js";
import { sha256 } from "../kit/hash.js";
import { toIso, type EpochMicros } from "../kit/instant.js";
import { slug } from "../kit/text.js";

export interface IncidentName {
  /** As the person gave it, else null. */
  readonly id: string | null;
  readonly start: EpochMicros;
  readonly title: string;
}

/**
 * The name of an incident in the store and of its files: the given id, else the start's UTC date and a slug of the
 * title. From a safe alphabet (a-z, 0-9, single dashes); where that drops letters, a short hash keeps two apart.
 * @throws {UsageError} for an id without letters or digits.
 */
export function incidentId({ id, start, title }: IncidentName): string {
  if (id === null) return `${toIso(start).slice(0, 10)}-${safeName(title)}`;
  if (!/[\p{L}\p{N}]/u.test(id)) {
    throw new UsageError("--id has no letter or digit.", { hint: 'Give a short name such as "inc-42".' });
  }
  return safeName(id);
}

function safeName(text: string): string {
  const base = slug(text);
  const letters = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
  const lost = letters !== "" && letters !== base.replaceAll("-", "");
  return lost ? `${base}-${sha256(text).slice(0, 8)}` : base;
}
