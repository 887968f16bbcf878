import type { AccountReference } from "./people.js";
import { accountKey } from "./people.js";
import { isCommonWord } from "./common-words.js";
import { fold, isUnspaced, type Word, wordsOf } from "./words.js";

/**
 * When a form counts. `always`: wherever it stands as whole words. `mention`: only after "@", since it is an ordinary
 * word too. `capital`: only with capitals or an initial's dot, since its words make a phrase ("may a").
 */
type Gate = "always" | "mention" | "capital";

/** One way to write one account's name. */
export interface Form {
  readonly person: string;
  readonly connector: string;
  readonly isHandle: boolean;
  readonly gate: Gate;
  /** Ends in an initial: a dot after it belongs to it. */
  readonly endsInInitial: boolean;
}

/** A tree over words: thousands of names are looked up in one walk along the text. */
export interface Node {
  readonly next: Map<string, Node>;
  readonly forms: Form[];
}

export interface Lexicon {
  readonly root: Node;
  /** Lower-case address to person. */
  readonly emails: ReadonlyMap<string, string>;
}

/** All the ways in which the people of these accounts are named in text. Names of programs stay as they are. */
export function buildLexicon(accounts: readonly AccountReference[], personOf: ReadonlyMap<string, string>): Lexicon {
  const root = newNode();
  const emails = new Map<string, string>();
  const taken = programWords(accounts);
  for (const account of accounts) {
    const person = personOf.get(accountKey(account.connector, account.id));
    if (account.kind === "bot" || person === undefined) continue;
    for (const email of [...account.emails, account.id].filter((each) => each.includes("@"))) emails.set(email.toLowerCase(), person);
    const owner = { person, connector: account.connector };
    for (const handle of new Set([account.id, account.handle ?? ""])) {
      if (!handle.includes("@")) insert(root, wordsOf(handle), { ...owner, isHandle: true }, taken);
    }
    for (const words of account.names.flatMap(formsOfName)) insert(root, words, { ...owner, isHandle: false }, taken);
  }
  return { root, emails };
}

/** The key under which a word is found below the word before it. */
export function stepKey(word: Word): string {
  return `${word.separator ?? "\n"}${word.folded}`;
}

/** Everything after these is no name: "Rhea D. (payments)", "Bo | on call". */
const DECORATION = /[([{|/,;:]|\s[-\u2013\u2014]\s/;

/** Of "Ilse van Dam": itself, "Dam, Ilse", "Ilse D", "Ilse" and "Dam". */
function formsOfName(name: string): Word[][] {
  const [plain = ""] = name.split(DECORATION, 1);
  const words = wordsOf(plain).slice(0, 8);
  const first = untilSpace(words);
  const last = words.slice(words.findLastIndex((word) => word.separator === " "));
  if (first.length === words.length) return words.length === 0 ? [] : [words];
  if (words.every(isUnspaced)) return [words, first, words.map((word) => ({ ...word, separator: "" }))];
  const initial: Word = { ...last[0]!, folded: Array.from(last[0]!.folded)[0]!, separator: " " };
  const forms = [words, first, [...first, initial], [...last, { ...first[0]!, separator: ", " }, ...first.slice(1)]];
  return lengthOf(last) >= 3 && words.length <= 5 ? [...forms, last] : forms;
}

function untilSpace(words: readonly Word[]): Word[] {
  const space = words.findIndex((word, index) => index > 0 && word.separator === " ");
  return words.slice(0, space === -1 ? words.length : space);
}

function insert(
  root: Node,
  words: readonly Word[],
  owner: Pick<Form, "person" | "connector" | "isHandle">,
  taken: ReadonlySet<string>,
): void {
  if (words.length === 0) return;
  let node = root;
  words.forEach((word, index) => {
    const key = index === 0 ? word.folded : stepKey(word);
    let next = node.next.get(key);
    if (next === undefined) node.next.set(key, (next = newNode()));
    node = next;
  });
  node.forms.push({ ...owner, gate: gateOf(words, taken), endsInInitial: words.length > 1 && lengthOf(words.slice(-1)) === 1 });
}

function gateOf(words: readonly Word[], taken: ReadonlySet<string>): Gate {
  if (words.length > 1) return words.every((word) => lengthOf([word]) === 1 || isCommonWord(word.folded)) ? "capital" : "always";
  const word = words[0]!.folded;
  const weak = Array.from(word).length < 2 || /^\p{N}+$/u.test(word);
  return weak || isCommonWord(word) || taken.has(word) ? "mention" : "always";
}

function lengthOf(words: readonly Word[]): number {
  return words.reduce((sum, word) => sum + Array.from(word.folded).length, 0);
}

/** Names and handles of programs that are one word: "github" in a text is the service, whoever else has that handle. */
function programWords(accounts: readonly AccountReference[]): Set<string> {
  const names = accounts.filter((each) => each.kind === "bot").flatMap((each) => [...each.names, each.handle ?? "", each.id]);
  return new Set(names.filter((name) => !/\s/.test(name)).map((name) => fold(name)));
}

function newNode(): Node {
  return { next: new Map(), forms: [] };
}
