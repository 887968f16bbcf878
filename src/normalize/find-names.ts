import type { Form, Lexicon, Node } from "./lexicon.js";
import { stepKey } from "./lexicon.js";
import { type Word, wordsOf } from "./words.js";

/** A place in a text that names somebody. `person` is null when several people are so called; then nobody is guessed. */
export interface Naming {
  readonly start: number;
  readonly end: number;
  readonly person: string | null;
  readonly isUnknownAddress: boolean;
}

/**
 * Everything in `text` that names a person or is an e-mail address, in order, without overlaps, longest first at each
 * place. One pass. `connector` is where the text was written: a handle there means an account there.
 */
export function findNames(text: string, lexicon: Lexicon, connector: string | null): Naming[] {
  const found: Naming[] = [];
  const addresses = addressesIn(text, lexicon);
  const words = wordsOf(text);
  let nextAddress = 0;
  for (let index = 0; index < words.length;) {
    const address = addresses[nextAddress];
    if (address !== undefined && words[index]!.start >= address.start) {
      found.push(address);
      nextAddress++;
      while (index < words.length && words[index]!.start < address.end) index++;
      continue;
    }
    const match = longestMatch(text, words, index, lexicon.root, address?.start ?? text.length, connector);
    if (match !== null) found.push(match.naming);
    index += match?.words ?? 1;
  }
  return found;
}

function longestMatch(
  text: string,
  words: readonly Word[],
  from: number,
  root: Node,
  until: number,
  connector: string | null,
): { readonly naming: Naming; readonly words: number } | null {
  let best: { naming: Naming; words: number } | null = null;
  let node = root.next.get(words[from]!.folded);
  for (let index = from; node !== undefined;) {
    const word = words[index]!;
    const naming = node.forms.length === 0 ? null : judge(text, words, from, index, node.forms, connector);
    if (naming !== null) best = { naming, words: index - from + 1 };
    const next = words[++index];
    if (next === undefined || next.end > until || word.end > until) break;
    node = node.next.get(stepKey(next));
  }
  return best;
}

function judge(
  text: string,
  words: readonly Word[],
  from: number,
  last: number,
  forms: readonly Form[],
  connector: string | null,
): Naming | null {
  const start = words[from]!.start;
  const end = words[last]!.end;
  const mentioned = text[start - 1] === "@" && !/[\p{L}\p{N}]/u.test(text[start - 2] ?? "");
  const dotted = text[end] === ".";
  const eligible = forms.filter((form) => isEligible(form, mentioned, dotted, () => hasCapitals(text, words, from, last)));
  if (eligible.length === 0) return null;
  return {
    start: mentioned ? start - 1 : start,
    end: dotted && eligible.some((form) => form.endsInInitial) ? end + 1 : end,
    person: onePerson(eligible, mentioned, connector),
    isUnknownAddress: false,
  };
}

function isEligible(form: Form, mentioned: boolean, dotted: boolean, capitals: () => boolean): boolean {
  if (mentioned || form.gate === "always") return true;
  return form.gate === "capital" && ((form.endsInInitial && dotted) || capitals());
}

function hasCapitals(text: string, words: readonly Word[], from: number, last: number): boolean {
  return words.slice(from, last + 1).every(({ start, end }) => !/^\p{Ll}/u.test(text.slice(start, end)));
}

/** A mention means a handle, a text means people of its own vendor first; where two remain, nobody is meant for sure. */
function onePerson(forms: readonly Form[], mentioned: boolean, connector: string | null): string | null {
  const narrowed = [
    mentioned ? forms.filter((form) => form.isHandle && form.connector === connector) : [],
    forms,
    forms.filter((form) => form.connector === connector),
  ];
  for (const candidates of narrowed) {
    const people = new Set(candidates.map((form) => form.person));
    if (people.size === 1) return candidates[0]!.person;
  }
  return null;
}

const LOCAL = /[\p{L}\p{N}._%+'-]/u;
const DOMAIN = /[\p{L}\p{N}.-]/u;

/** Grown from each "@" to both sides, at most as far as an address may reach: linear in the text. */
function addressesIn(text: string, lexicon: Lexicon): Naming[] {
  const found: Naming[] = [];
  for (let at = text.indexOf("@"), floor = 0; at !== -1; at = text.indexOf("@", at + 1)) {
    let start = at;
    while (start > floor && at - start < 64 && LOCAL.test(text[start - 1]!)) start--;
    let end = at + 1;
    while (end < text.length && end - at < 255 && DOMAIN.test(text[end]!)) end++;
    while (start < at && /['.%+-]/.test(text[start]!)) start++;
    while (end > at && /[.-]/.test(text[end - 1]!)) end--;
    if (start === at || !/\.\p{L}{2,}$/u.test(text.slice(Math.max(at, end - 64), end)) || text.slice(start, at) === "git") continue;
    const person = lexicon.emails.get(text.slice(start, end).toLowerCase()) ?? null;
    found.push({ start, end, person, isUnknownAddress: person === null });
    floor = end;
    at = end - 1;
  }
  return found;
}
