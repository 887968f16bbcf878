import { mintEntryId } from "../contract/entry-id.js";
import type { Item, Normalized } from "../contract/item.js";
import type { Window } from "../contract/window.js";
import { toPlain } from "../kit/rich-text.js";
import { compareText } from "../kit/text.js";
import type { Candidate } from "./candidate.js";
import { say } from "./say.js";

/**
 * Every item of the window, and of what lies outside it only what is linked to it: the change that an item inside puts
 * into use, undoes or names, and what was last put into use before.
 */
export function candidatesOf(normalized: Normalized, window: Window, cleanUrl: (url: string) => string | null): Candidate[] {
  const joined = new Set([...linkedContext(normalized), ...lastDeployments(normalized.items, window)]);
  return normalized.items.filter((item) => item.placement === "window" || joined.has(item.id)).map((item) => toCandidate(item, cleanUrl));
}

function toCandidate(item: Item, cleanUrl: (url: string) => string | null): Candidate {
  const evidence = item.evidence.map((each) => each.evidence.id).sort(compareText);
  const entry: Candidate["entry"] = {
    id: mintEntryId(evidence[0]!),
    aliases: [],
    at: item.at,
    endedAt: item.endedAt,
    atMeans: item.atMeans,
    precisionMicros: item.precisionMicros,
    sourceText: item.sourceText,
    kind: item.kind,
    category: item.rule.category,
    text: say(item),
    person: item.person,
    links: linksOf(item, cleanUrl),
    evidence,
    group: item.change,
    confidence: "fact",
    visibility: item.visibility,
    scopeName: item.scopeName,
    deleted: item.deleted,
  };
  return { entry, item, anomaly: null, plain: readable(item) };
}

function readable(item: Item): string {
  const parts = [item.title, item.body].map((text) => toPlain(text, () => "[]"));
  return parts
    .filter((part) => part !== "")
    .join("\n")
    .toLowerCase();
}

/** What was deleted has no page any more. */
function linksOf(item: Item, cleanUrl: (url: string) => string | null): Candidate["entry"]["links"] {
  if (item.deleted) return [];
  const urls = item.evidence.flatMap(({ evidence }) => (evidence.url === null ? [] : [cleanUrl(evidence.url)]));
  return [...new Set(urls)].filter((url) => url !== null).map((url) => ({ label: item.scopeName, url }));
}

function linkedContext({ items, changes }: Normalized): string[] {
  const touched = new Set<string>();
  for (const item of items) {
    if (item.placement !== "window") continue;
    for (const change of item.mentions) touched.add(change);
    if (item.change !== null && (item.signals.deploys === true || isPull(item))) touched.add(item.change);
  }
  const members = new Set(changes.filter((change) => touched.has(change.id)).flatMap((change) => change.items));
  return items.filter((item) => item.placement === "context" && members.has(item.id) && isAct(item)).map((item) => item.id);
}

/** Of an older change what was done counts, not how it was checked. */
function isAct(item: Item): boolean {
  return item.signals.deploys === true || isPull(item);
}

function isPull(item: Item): boolean {
  return item.refs.some((ref) => ref.type === "pull" && ref.relation === "is");
}

/** What was running when the window began: per scope, the last deployment before it that did not fail. */
function lastDeployments(items: readonly Item[], window: Window): string[] {
  const last = new Map<string, string>();
  for (const item of items) {
    if (item.placement !== "context" || item.rule.category !== "change" || item.at >= window.spans.change.from) continue;
    const worked = item.signals.outcome === undefined || item.signals.outcome === "success";
    if (item.signals.deploys === true && worked) last.set(item.scopeName, item.id);
  }
  return [...last.values()];
}
