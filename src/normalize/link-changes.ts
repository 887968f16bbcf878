import type { Ref } from "../contract/evidence.js";
import type { Change, Item } from "../contract/item.js";
import { resolveShas } from "./shas.js";
import { compareText } from "../kit/text.js";
import { UnionFind } from "./union-find.js";

export interface Linked {
  /** With `change` and `mentions` filled in, in the order given. */
  readonly items: readonly Item[];
  readonly changes: readonly Change[];
}

/** What a change is joined on. A thread, monitor or tag says that two things are near, not that they are one. */
const JOINING: ReadonlySet<string> = new Set(["sha", "pull", "run", "deployment"]);

/**
 * A pull request, its runs, its deployment and its revert are one change; what only mentions them is linked to it.
 * Runs that put nothing into use and belong to no pull request are checks, and no change. `items` in total order.
 */
export function linkChanges(items: readonly Item[]): Linked {
  const keyOf = keysOf(items);
  const joined = new UnionFind();
  for (const item of items) {
    if (item.rule.category !== "change") continue;
    joined.add(`item ${item.id}`);
    for (const ref of item.refs) {
      if (JOINING.has(ref.type) && ref.relation !== "mentions") joined.join(`item ${item.id}`, keyOf(ref));
    }
  }
  const changes = changesOf(items, joined, keyOf);
  const idOf = new Map(changes.flatMap((change) => change.items.map((item) => [item, change.id] as const)));
  const named = namedThings(items, idOf, joined, keyOf);
  const linked = items.map((item): Item => {
    const change = idOf.get(item.id) ?? null;
    return { ...item, change, mentions: mentionsOf(item, change, named) };
  });
  return { items: linked, changes };
}

type KeyOf = (ref: Ref) => string;

function keysOf(items: readonly Item[]): KeyOf {
  const shas = resolveShas(items.flatMap((item) => item.refs.filter((ref) => ref.type === "sha").map((ref) => ref.id)));
  return (ref) => `${ref.type} ${ref.type === "sha" ? (shas.get(ref.id) ?? ref.id) : ref.id}`;
}

function changesOf(items: readonly Item[], joined: UnionFind, keyOf: KeyOf): Change[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    if (item.rule.category !== "change") continue;
    const root = joined.find(`item ${item.id}`);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [item]);
    else group.push(item);
  }
  return [...groups.values()].filter((group) => group.some(isWorthListing)).map((group) => changeOf(group, keyOf));
}

function isWorthListing(item: Item): boolean {
  return item.signals.deploys === true || !is(item, "run");
}

function changeOf(group: readonly Item[], keyOf: KeyOf): Change {
  const undone = new Set(group.flatMap((item) => item.refs.filter((ref) => ref.relation === "reverts").map(keyOf)));
  const original = group.filter((item) => !reverts(item));
  const titled = original.find((item) => is(item, "pull")) ?? original.find((item) => item.signals.deploys === true) ?? group[0]!;
  return {
    id: group.map((item) => item.id).reduce((a, b) => (compareText(a, b) < 0 ? a : b)),
    items: group.map((item) => item.id),
    title: titled.title.length > 0 ? titled.title : titled.body.slice(0, 1),
    revertedBy: undone.size === 0 ? [] : group.filter(reverts).map((item) => item.id),
  };
}

function is(item: Item, type: Ref["type"]): boolean {
  return item.refs.some((ref) => ref.type === type && ref.relation === "is");
}

function reverts(item: Item): boolean {
  return item.refs.some((ref) => ref.relation === "reverts");
}

/** Everything that a text may name, to the change it belongs to; the page of a change too. */
function namedThings(
  items: readonly Item[],
  idOf: ReadonlyMap<string, string>,
  joined: UnionFind,
  keyOf: KeyOf,
): (ref: Ref) => string | undefined {
  const byRoot = new Map<string, string>();
  const byUrl = new Map<string, string>();
  for (const item of items) {
    const change = idOf.get(item.id);
    if (change === undefined) continue;
    byRoot.set(joined.find(`item ${item.id}`), change);
    for (const { evidence } of item.evidence) if (evidence.url !== null) byUrl.set(pageOf(evidence.url), change);
  }
  return (ref) =>
    ref.type === "url" ? byUrl.get(pageOf(ref.id)) : JOINING.has(ref.type) ? byRoot.get(joined.find(keyOf(ref))) : undefined;
}

function mentionsOf(item: Item, own: string | null, named: (ref: Ref) => string | undefined): string[] {
  if (item.deleted) return [];
  const relevant = item.refs.filter((ref) => item.rule.category !== "change" || ref.relation === "mentions");
  const changes = new Set(relevant.map(named).filter((change) => change !== undefined && change !== own));
  return [...changes].filter((change) => change !== undefined).sort(compareText);
}

/** A page without the place inside it: "…/pull/7#issuecomment-1" and "…/pull/7/files" tell of "…/pull/7" all the same. */
function pageOf(url: string): string {
  const page = url.replace(/[?#].*$/s, "").replace(/\/(?:files|commits|checks)\/?$/, "");
  return page.endsWith("/") ? page.slice(0, -1) : page;
}
