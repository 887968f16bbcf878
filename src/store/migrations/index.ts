import type { Migration } from "kysely";
import { initial } from "./001-initial.js";
import { notes } from "./002-notes.js";
import { retention } from "./003-retention.js";
import { watch } from "./004-watch.js";

/** By number, ascending. Never change one that was released: add the next. */
export const migrations: Readonly<Record<string, Migration>> = {
  "001-initial": initial,
  "002-notes": notes,
  "003-retention": retention,
  "004-watch": watch,
};
