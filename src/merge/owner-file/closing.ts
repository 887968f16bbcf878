import { readClosingMark, type Base } from "./base.js";
import type { ParsedFile } from "./parse.js";

/** What a file says was generated last time; null without a closing mark of this version that can be read. */
export function baseIn({ units }: ParsedFile): Base | null {
  const closing = units.find(({ kind }) => kind === "closing");
  return closing === undefined ? null : readClosingMark(closing.raw);
}
