import type { Wire, WireRecord } from "./types.js";

/** The same wire, whose records begin now: what several builds share, each tells of its own time. */
export function wireSince(wire: Wire): Wire {
  const before = new Map(wire.records().map((record) => [record.connector, record]));
  const since = (record: WireRecord): WireRecord => {
    const earlier = before.get(record.connector);
    if (earlier === undefined) return record;
    return {
      ...record,
      calls: record.calls - earlier.calls,
      retries: record.retries - earlier.retries,
      waitedMs: record.waitedMs - earlier.waitedMs,
    };
  };
  return { ...wire, records: () => wire.records().map(since) };
}
