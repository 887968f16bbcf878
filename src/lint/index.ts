import { oneLine, shorten } from "../kit/text.js";
import { allowedByLine } from "./allow.js";
import type { Finding, RuleFacts, SentenceRule } from "./finding.js";
import { LineMap } from "./line-map.js";
import { readMarkdown } from "./markdown/read.js";
import { ACTION_RULES, isPlaceholder } from "./rules/action-items.js";
import { blame } from "./rules/blame.js";
import { causal } from "./rules/causal.js";
import { counterfactual } from "./rules/counterfactual.js";
import { dramatic } from "./rules/dramatic.js";
import { hindsight } from "./rules/hindsight.js";
import { outage } from "./rules/outage.js";
import { humanError, rootCause } from "./rules/single-cause.js";
import { sentencesOf } from "./sentences.js";

export { asGithub, asJson, asText, type FileFindings } from "./format.js";
export type { Finding } from "./finding.js";

interface LintOptions {
  /** Ids of rules that do not count. */
  readonly allow?: readonly string[];
}

const SENTENCE_RULES: readonly SentenceRule[] = [counterfactual, hindsight, blame, humanError, rootCause, outage, dramatic, causal];

/** Every rule there is, in the order of the README. */
export const RULES: readonly RuleFacts[] = [...SENTENCE_RULES, ...ACTION_RULES];

/**
 * The language check over Markdown: what reads as a verdict on people or as hindsight. Pure and linear in the length
 * of `text`; findings come in the order of their places. Never throws, whatever the text holds.
 */
export function lint(text: string, options: LintOptions = {}): Finding[] {
  const reading = readMarkdown(text);
  const map = new LineMap(text);
  const found: { start: number; end: number; finding: Finding }[] = [];
  const add = (facts: RuleFacts, start: number, end: number, rewrite = facts.rewrite) => {
    const shown = shorten(oneLine(text.slice(start, Math.min(end, start + 400))), 120);
    const { id: rule, explanation } = facts;
    found.push({ start, end, finding: { rule, ...map.span(start, end), text: shown, explanation, rewrite } });
  };
  for (const block of reading.blocks)
    for (const sentence of sentencesOf(block))
      for (const rule of SENTENCE_RULES)
        for (const hit of rule.find(sentence))
          add(rule, sentence.words[hit.first]!.start, (sentence.words[hit.last] ?? sentence.words.at(-1)!).end, hit.rewrite);
  for (const item of reading.actions)
    if (!isPlaceholder(item)) for (const rule of ACTION_RULES) if (!rule.holds(item)) add(rule, item.start, item.end);
  const allowed = allowedByLine(map.lines);
  const counts = ({ rule, line }: Finding) => !(options.allow ?? []).includes(rule) && allowed.get(line)?.has(rule) !== true;
  return withoutOverlaps(found.sort((a, b) => a.start - b.start || b.end - a.end))
    .map(({ finding }) => finding)
    .filter(counts);
}

/** One finding for one place and rule: the widest. */
function withoutOverlaps<T extends { start: number; end: number; finding: Finding }>(sorted: readonly T[]): T[] {
  const ends = new Map<string, number>();
  return sorted.filter(({ start, end, finding }) => {
    if (start < (ends.get(finding.rule) ?? -1)) return false;
    ends.set(finding.rule, end);
    return true;
  });
}
