import type { Person } from "../contract/item.js";
import type { Block, Inline, RichText, TextStyle } from "../contract/rich-text.js";
import { findNames, type Naming } from "./find-names.js";
import { buildLexicon } from "./lexicon.js";
import { type AccountReference, accountKey, accountReferences, type KnownReference } from "./people.js";

const SOMEONE = "[someone]";
const AN_ADDRESS = "[e-mail address]";

/** Puts roles where people are named. What it gives holds no name, handle, id or address of a known person. */
export interface RoleReplacer {
  /** `connector` is where the text was written, null when nowhere. */
  readonly body: (body: RichText, connector: string | null) => RichText;
  readonly line: (text: string, connector: string | null) => readonly Inline[];
  /** For strings that cannot hold a role: "[someone]" stands for a person. */
  readonly plain: (text: string) => string;
  /** The URL, only its host when the rest names a person, null when nothing of it can be shown. */
  readonly url: (url: string) => string | null;
}

/** For every person of the references, whether they acted or not. Linear in each text. */
export function createRoleReplacer(
  people: readonly Pick<Person, "key" | "accounts">[],
  references: readonly KnownReference[],
): RoleReplacer {
  const accounts = accountReferences(references);
  const personOf = new Map(people.flatMap((person) => person.accounts.map((account) => [account, person.key] as const)));
  const programs = new Map(accounts.filter((each) => each.kind === "bot").map((each) => [accountKey(each.connector, each.id), each]));
  const lexicon = buildLexicon(accounts, personOf);
  const find = (text: string, connector: string | null): Naming[] => findNames(text, lexicon, connector);
  const plain = (text: string): string => plainWithout(text, find(text, null));
  const repositories = references.filter((each) => each.type === "repository").map((each) => each.name);
  const url = (text: string): string | null => cleanUrl(text, (part) => find(withoutAny(part, repositories), null).length > 0);

  const inline = (each: Inline, connector: string | null): readonly Inline[] => {
    if (each.type === "text") return inlinesWithout(each.text, find(each.text, connector), each.style);
    if (each.type === "link") return cleanLink(each, plain, url);
    if (each.type === "role") return [each];
    const key = accountKey(each.connector, each.account);
    const person = personOf.get(key);
    if (person !== undefined) return [{ type: "role", person }];
    const program = programs.get(key);
    return [{ type: "text", text: program ? plain(programName(program)) : SOMEONE }];
  };
  return {
    body: (body, connector) => body.map((block) => cleanBlock(block, (each) => inline(each, connector), plain)),
    line: (text, connector) => inlinesWithout(text, find(text, connector)),
    plain,
    url,
  };
}

export function programName(account: AccountReference): string {
  return account.names[0] ?? account.handle ?? account.id;
}

/** A block of code is one text, which cannot hold a role. */
function cleanBlock(block: Block, inline: (inline: Inline) => readonly Inline[], plain: (text: string) => string): Block {
  if (block.type === "code") return { ...block, text: plain(block.text) };
  if (block.type === "list") return { ...block, items: block.items.map((item) => item.flatMap(inline)) };
  return { ...block, inlines: block.inlines.flatMap(inline) };
}

function inlinesWithout(text: string, namings: readonly Naming[], style?: TextStyle): readonly Inline[] {
  const inlines: Inline[] = [];
  const add = (part: string): void => {
    if (part !== "") inlines.push({ type: "text", text: part, ...(style && { style }) });
  };
  let from = 0;
  for (const naming of namings) {
    add(text.slice(from, naming.start));
    if (naming.person === null) add(placeholder(naming));
    else inlines.push({ type: "role", person: naming.person });
    from = naming.end;
  }
  add(text.slice(from));
  return inlines;
}

function plainWithout(text: string, namings: readonly Naming[]): string {
  let result = "";
  let from = 0;
  for (const naming of namings) {
    result += text.slice(from, naming.start) + placeholder(naming);
    from = naming.end;
  }
  return result + text.slice(from);
}

function placeholder(naming: Naming): string {
  return naming.isUnknownAddress ? AN_ADDRESS : SOMEONE;
}

function cleanLink(
  link: Extract<Inline, { type: "link" }>,
  plain: (text: string) => string,
  url: (url: string) => string | null,
): readonly Inline[] {
  const target = url(link.url);
  const label = plain(link.text === link.url ? (target ?? link.url) : link.text);
  return target === null ? [{ type: "text", text: label }] : [{ type: "link", url: target, text: label }];
}

/** What stands after the host decides: a page of a person is not shown, its host may be. */
function cleanUrl(text: string, names: (text: string) => boolean): string | null {
  if (!URL.canParse(text)) return names(text) ? null : text;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return null;
  const rest = decoded(url.pathname + url.search + url.hash);
  if (!names(rest) && !names(url.host)) return text;
  return url.host === "" || names(url.host) ? null : `${url.protocol}//${url.host}/`;
}

/** A repository may be called like a person; its pages are shown all the same, as its name is in every id. */
function withoutAny(text: string, names: readonly string[]): string {
  const name = names.find((each) => text.startsWith(`/${each}`) && /^(\/|$)/.test(text.slice(each.length + 1)));
  return name === undefined ? text : text.slice(name.length + 1);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
