import type { Exporter } from "../contract/export.js";
import { flatRecords, stampRecord, type FlatRecord } from "./flat-records.js";
import { sealed, sealedHash } from "./seal.js";

/**
 * One JSON object a line, with the members that Timesketch imports and lnav reads (`schema/lnav-incident-timeline.json`).
 * Entries come first, then the ledger, the counts and the stamp, told apart by `record`. What does not apply is left out.
 */
export const jsonl: Exporter = {
  format: "jsonl",
  extension: ".jsonl",
  render(input) {
    const stamp = stampRecord(input);
    return sealed(
      flatRecords(input)
        .map((record) => `${line(record)}\n`)
        .join(""),
      (seal) => `${line(stamp).slice(0, -1)},"sealed":"${seal}"}\n`,
    );
  },
  untouchedHash: sealedHash,
};

/** Some readers take more characters for line ends than JSON does. */
function line(record: FlatRecord): string {
  const members = Object.entries(record).filter(
    ([, value]) => value !== "" && value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return JSON.stringify(Object.fromEntries(members)).replace(
    /[\u0085\u2028\u2029\u000b\u000c]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
