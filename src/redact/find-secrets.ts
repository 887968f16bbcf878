import { contextRules } from "./context-rules.js";
import { decodedView } from "./decoded-view.js";
import { findPrivateKeys } from "./private-keys.js";
import type { Found, Rule } from "./rule.js";
import { tokenRules } from "./token-rules.js";

/** Layers of writing that are taken off: JSON inside JSON, a query string inside a log line. */
const LAYERS = 2;

/** Disjoint, ascending. Secrets are also looked for below percent-encoding, JSON escapes and terminal colours. */
export function findSecrets(text: string): Found[] {
  const found = [...findIn(text)];
  let view = decodedView(text);
  for (let layer = 1; view && layer <= LAYERS; layer++) {
    const { starts, ends } = view;
    for (const { start, end, kind } of findIn(view.text)) found.push({ start: starts[start]!, end: ends[end - 1]!, kind });
    const deeper = layer < LAYERS ? decodedView(view.text) : null;
    view = deeper && {
      text: deeper.text,
      starts: deeper.starts.map((at) => starts[at]!),
      ends: deeper.ends.map((at) => ends[Math.max(0, at - 1)]!),
    };
  }
  return disjoint(found);
}

function* findIn(text: string): Generator<Found> {
  yield* findPrivateKeys(text);
  const lower = text.toLowerCase();
  for (const rule of [...tokenRules, ...contextRules]) if (rule.gates.some((gate) => lower.includes(gate))) yield* matches(rule, text);
}

function* matches(rule: Rule, text: string): Generator<Found> {
  for (const match of text.matchAll(rule.pattern)) {
    const secret = match.groups?.["secret"] ?? match[0];
    const start = match.index + match[0].length - secret.length;
    const length = rule.keep ? rule.keep(secret, text[start + secret.length] ?? "") : secret.length;
    if (length > 0) yield { start, end: start + length, kind: rule.kind };
  }
}

/** Where two overlap, all of both is masked, and the one that was found by the more telling rule names it. */
function disjoint(found: readonly Found[]): Found[] {
  const result: Found[] = [];
  const ordered = found.map((each, rank) => ({ ...each, rank })).sort((a, b) => a.start - b.start || a.rank - b.rank);
  let lastRank = 0;
  for (const { rank, ...each } of ordered) {
    const last = result.at(-1);
    if (!last || each.start >= last.end) {
      result.push(each);
      lastRank = rank;
      continue;
    }
    const kind = rank < lastRank ? each.kind : last.kind;
    lastRank = Math.min(lastRank, rank);
    result[result.length - 1] = { start: last.start, end: Math.max(last.end, each.end), kind };
  }
  return result;
}
