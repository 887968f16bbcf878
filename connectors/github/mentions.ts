import type { Ref } from "../../src/contract/evidence.js";
import { pullRef, shaRef } from "./observed.js";

const NAME = "[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}";
/** `#12`, `acme/shop#12`, `GH-12`. What is before it must not run on into it. */
const SHORT = new RegExp(`(?<![\\w/#&-])(?:(${NAME})?#|GH-)(\\d{1,9})\\b`, "g");
const PULL_URL = new RegExp(`https?://[^\\s/]{1,200}/(${NAME})/(?:pull|issues)/(\\d{1,9})\\b`, "g");
const COMMIT_URL = /https?:\/\/[^\s/]{1,200}\/[^\s/]{1,100}\/[^\s/]{1,100}\/commits?\/([0-9a-f]{7,40})\b/gi;
const RUN_URL = new RegExp(`https?://[^\\s/]{1,200}/(${NAME})/actions/runs/(\\d{1,19})\\b`, "g");
/** A word of hex with a digit and a letter in it: an abbreviated commit as people write it. */
const BARE_SHA = /(?<![\w/#.-])(?=[0-9]{0,39}[a-f])(?=[a-f]{0,39}[0-9])[0-9a-f]{7,40}(?![\w-])/g;
const REVERTS = new RegExp(
  `\\b[Rr]everts:?[ \\t]{1,3}(?:(${NAME})?#(\\d{1,9})\\b|https?://[^\\s/]{1,200}/(${NAME})/pull/(\\d{1,9})\\b)`,
  "g",
);
const REVERTS_COMMIT = /\b[Tt]his reverts commit[ \t\n]{1,3}([0-9a-f]{7,40})\b/g;
/** What the button of GitHub makes: `revert-<number>-<branch of the one undone>`. */
const REVERT_BRANCH = /^revert-(\d{1,9})-/;

/** More of a text than people read; what comes after it joins nothing. */
const LONGEST = 65_536;

/** What a text of this repository names: pull requests, commits and runs. */
export function mentionsIn(text: string, repository: string): Ref[] {
  const read = text.slice(0, LONGEST);
  return [
    ...Array.from(read.matchAll(SHORT), ([, named, number]) => pullRef(named ?? repository, number!, "mentions")),
    ...Array.from(read.matchAll(PULL_URL), ([, named, number]) => pullRef(named!, number!, "mentions")),
    ...Array.from(read.matchAll(COMMIT_URL), ([, sha]) => shaRef(sha!, "mentions")),
    ...Array.from(read.matchAll(BARE_SHA), ([sha]) => shaRef(sha, "mentions")),
    ...Array.from(read.matchAll(RUN_URL), ([, named, id]): Ref => ({
      type: "run",
      id: `${named}/${id}`.toLowerCase(),
      relation: "mentions",
    })),
  ];
}

/** What a pull request says that it undoes. A title `Revert "..."` alone names no number: only the text or branch does. */
export function revertsIn(text: string, branch: string | null | undefined, repository: string): Ref[] {
  const read = text.slice(0, LONGEST);
  const number = REVERT_BRANCH.exec(branch ?? "")?.[1];
  return [
    ...Array.from(read.matchAll(REVERTS), (match) => pullRef(match[1] ?? match[3] ?? repository, (match[2] ?? match[4])!, "reverts")),
    ...Array.from(read.matchAll(REVERTS_COMMIT), ([, sha]) => shaRef(sha!, "reverts")),
    ...(number === undefined ? [] : [pullRef(repository, number, "reverts")]),
  ];
}
