import type { Ref } from "../../src/contract/evidence.js";

const PULL_URL = /https?:\/\/[\w.-]{1,100}\/([\w.-]{1,100}\/[\w.-]{1,100})\/pull\/(\d{1,9})\b/g;
const PULL_NUMBER = /(?<![\w/.-])([\w.-]{1,100}\/[\w.-]{1,100})#(\d{1,9})\b/g;
const HEX = /(?<![\w-])[0-9a-f]{7,40}(?![\w-])/gi;

/** Pull requests and commits that a text names. Numbers alone and words of a to f alone are no commits. */
export function mentionsIn(text: string): readonly Ref[] {
  const pulls = [...text.matchAll(PULL_URL), ...text.matchAll(PULL_NUMBER)].map((match) => `${match[1]}#${match[2]}`.toLowerCase());
  const shas = [...text.matchAll(HEX)].map(([sha]) => sha.toLowerCase()).filter((sha) => /\d/.test(sha) && /[a-f]/.test(sha));
  return [
    ...[...new Set(pulls)].map((id): Ref => ({ type: "pull", id, relation: "mentions" })),
    ...[...new Set(shas)].map((id): Ref => ({ type: "sha", id, relation: "mentions" })),
  ];
}
