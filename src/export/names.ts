import type { ExportInput } from "../contract/export.js";
import type { NameOf } from "../kit/rich-text.js";

/** What stands for someone whose role is not known: an export never falls back on an account. */
const SOMEONE = "someone";

/** How people are called in an export: by their roles, and by nothing else. */
export function namesOf({ roles }: Pick<ExportInput, "roles">): NameOf {
  const labels = new Map(Object.entries(roles));
  return (inline) => (inline.type === "role" ? (labels.get(inline.person) ?? SOMEONE) : SOMEONE);
}

export function roleOf(person: string | null, { roles }: Pick<ExportInput, "roles">): string | null {
  return person === null ? null : (new Map(Object.entries(roles)).get(person) ?? null);
}
