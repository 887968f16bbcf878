import { SourceError } from "../../src/kit/errors.js";
import { call, type Answer, type Arguments, type Reach } from "./client.js";

/** The cursor of the next page; null at the end. Absent, null and empty all mean the end. */
export function nextCursor(answer: Answer): string | null {
  const metadata = answer.response_metadata;
  if (typeof metadata !== "object" || metadata === null || !("next_cursor" in metadata)) return null;
  return typeof metadata.next_cursor === "string" && metadata.next_cursor !== "" ? metadata.next_cursor : null;
}

export function listAt(answer: Answer, key: string): readonly unknown[] {
  const value = answer[key];
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/**
 * Every record of a method that lists something, from all its pages. A page may be shorter than asked for.
 * @throws {SourceError} also when the cursors go round in a circle: half a list is no list.
 */
export async function listAll(method: string, key: string, args: Arguments, reach: Reach): Promise<unknown[]> {
  const records: unknown[] = [];
  const seen = new Set<string>();
  for (let cursor: string | null = null; ;) {
    const answer: Answer = await call(method, { ...args, cursor: cursor ?? undefined }, reach);
    for (const record of listAt(answer, key)) records.push(record);
    cursor = nextCursor(answer);
    if (cursor === null) return records;
    if (seen.has(cursor)) throw circular(method);
    seen.add(cursor);
  }
}

function circular(method: string): SourceError {
  return new SourceError(`Slack's pages of ${method} do not end`, { connector: "slack", action: "retry", reason: "truncated" });
}
