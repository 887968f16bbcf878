import { randomBytes } from "node:crypto";

/** Hidden, new and unguessable; it stands in the same folder as the file that it becomes. */
export function temporaryName(name: string): string {
  return `.${name.slice(0, 100)}.${randomBytes(12).toString("hex")}.tmp`;
}
