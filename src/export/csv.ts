import { stringify } from "csv-stringify/sync";
import type { Exporter } from "../contract/export.js";
import { safeCell } from "./csv/safe-cell.js";
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
    return sealed(rows([COLUMNS, ...flatRecords(input).map(cells)]), (seal) => rows([cells({ ...stamp, state: seal })]));
  },
  untouchedHash: sealedHash,
};

type Cell = string | number | boolean | null;

function cells(record: FlatRecord): Cell[] {
  return COLUMNS.map((column) => {
    const value = record[column];
    return typeof value === "object" && value !== null ? value.join(" | ") : value;
  });
}

/** Exported for the test of hostile cells. */
export function rows(table: readonly (readonly Cell[])[]): string {
  return stringify(table as Cell[][], {
    record_delimiter: "\r\n",
    // More than RFC 4180 asks for: some readers divide cells at semicolons or tabs, or trim them.
    quoted_match: /^\s|\s$|[^A-Za-z0-9_.:#/ +-]/,
    cast: { string: safeCell, boolean: String },
  });
}
