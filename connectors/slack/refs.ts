import type { Ref } from "../../src/contract/evidence.js";
import type { RichText } from "../../src/contract/rich-text.js";
import { inlinesOf } from "../../src/kit/rich-text.js";
import { compareText } from "../../src/kit/text.js";

/** A message that names more than this is a list, and links nothing by it. */
const MOST = 100;
const LONGEST_URL = 2000;

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const BARE_URL = /https?:\/\/[^\s<>"'|]{1,2000}/g;
const SHORT_PULL = /(?<![\w./-])([\w.-]{1,100})\/([\w.-]{1,100})#(\d{1,9})(?!\w)/g;

/** What a text names: pull requests, commits, runs, other messages, pages. Sorted, each once. */
export function mentions(body: RichText): Ref[] {
  const found = new Map<string, Ref>();
  const add = (ref: Pick<Ref, "type" | "id"> | null) => {
    if (ref && found.size < MOST) found.set(`${ref.type} ${ref.id}`, { ...ref, relation: "mentions" });
  };
  for (const inline of inlinesOf(body)) {
    if (inline.type === "link") add(urlRef(inline.url));
    if (inline.type !== "text" && inline.type !== "link") continue;
    for (const match of inline.text.matchAll(BARE_URL)) add(urlRef(match[0].replace(/[.,;:!?)\]}]{1,9}$/, "")));
    const words = inline.text.replace(BARE_URL, " ");
    for (const match of words.matchAll(SHORT_PULL)) add(pull(match[1]!, match[2]!, match[3]!));
    for (const match of words.replace(UUID, " ").matchAll(/\w+/g)) if (isSha(match[0])) add({ type: "sha", id: match[0] });
  }
  return [...found.values()].sort((a, b) => compareText(a.type, b.type) || compareText(a.id, b.id));
}

function urlRef(url: string): Pick<Ref, "type" | "id"> | null {
  if (url.length > LONGEST_URL || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:") return null;
  const [, first = "", second = "", third = "", fourth = "", fifth = "", sixth = ""] = parsed.pathname.split("/");
  if (first !== "" && second !== "") {
    if (third === "pull" && /^\d{1,9}$/.test(fourth)) {
      return fifth === "commits" && isSha(sixth) ? { type: "sha", id: sixth } : pull(first, second, fourth);
    }
    if (third === "commit" && /^[0-9a-f]{7,40}$/i.test(fourth)) return { type: "sha", id: fourth.toLowerCase() };
    if (third === "actions" && fourth === "runs" && /^\d{1,20}$/.test(fifth)) {
      return { type: "run", id: `${first}/${second}/${fifth}`.toLowerCase() };
    }
  }
  const stamp = /^p(\d{10})(\d{6})$/.exec(third);
  if (first === "archives" && /^[A-Z0-9]+$/.test(second) && stamp)
    return { type: "message", id: `slack:${second}:${stamp[1]}.${stamp[2]}` };
  return { type: "url", id: parsed.href };
}

function pull(owner: string, repository: string, number: string): Pick<Ref, "type" | "id"> {
  return { type: "pull", id: `${owner}/${repository}#${Number(number)}`.toLowerCase() };
}

/** As git prints it, with a digit and a letter: `deadbeef` and `20260304` are words and dates. */
function isSha(word: string): boolean {
  return /^[0-9a-f]{7,40}$/.test(word) && /\d/.test(word) && /[a-f]/.test(word);
}
