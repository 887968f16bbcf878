import type { Exporter } from "../contract/export.js";
import { csvField } from "./csv/field.js";
import { flatRecords, stampRecord, type FlatRecord } from "./flat-records.js";
import { sealed, sealedHash } from "./seal.js";

/** The order of the columns: what a person reads first, then what a program needs. */
const COLUMNS = [
  "datetime",
  "message",
  "timestamp_desc",
  "record",
  "phase",
  "kind",
  "scope",
  "role",
  "highlighted",
  "milestone",
  "state",
  "count",
  "visibility",
  "confidence",
  "deleted",
  "because",
  "score",
  "category",
  "group",
  "ended_at",
  "precision_micros",
  "source_time",
  "timestamp",
  "links",
  "evidence",
  "id",
] as const satisfies readonly (keyof FlatRecord)[];

/**
 * For spreadsheets: RFC 4180 with CRLF, one line a record, formula-safe. Entries come first, then the ledger, the counts
 * and the stamp as records of the same columns, told apart by `record`: no reader of CSV knows comments.
 * Lists stand in one field, divided by " | ".
 */
export const csv: Exporter = {
  format: "csv",
  extension: ".csv",
  render(input) {
    const stamp = stampRecord(input);
    return sealed([COLUMNS.map(csvField).join(","), ...flatRecords(input).map(row)].map((line) => `${line}\r\n`).join(""), (seal) => {
      return `${row({ ...stamp, state: seal })}\r\n`;
    });
  },
  untouchedHash: sealedHash,
};

function row(record: FlatRecord): string {
  return COLUMNS.map((column) => {
    const value = record[column];
    return csvField(typeof value === "object" && value !== null ? value.join(" | ") : value);
  }).join(",");
}
