import type { WantedSpan } from "../contract/connector.js";
import type { StoredCovered } from "../contract/store.js";
import type { EpochMicros, Span } from "../kit/instant.js";
import { subtract } from "./spans.js";

export interface AskingRules {
  readonly now: EpochMicros;
  readonly windowUntil: EpochMicros;
  /** Microseconds. */
  readonly recheckFor: number;
  readonly refresh: boolean;
  /** What was asked since then is not asked twice: a killed run goes on. */
  readonly runStartedAt: EpochMicros;
}

/** The parts of a wanted span that must be asked, ascending. Nothing after now is. */
export function missingSpans(
  wanted: WantedSpan,
  covered: readonly StoredCovered[],
  rules: AskingRules,
  purged: readonly Span[] = [],
): readonly Span[] {
  // What was purged is not read again unasked: it would only be there until the next purge.
  const left = rules.refresh ? [] : purged;
  const known = covered.flatMap((part) => countingPart(wanted.purpose, part, rules));
  return subtract({ from: wanted.from, until: Math.min(wanted.until, rules.now) }, [...known, ...left]);
}

/** How much of a known part counts as known now. */
function countingPart(purpose: WantedSpan["purpose"], { span, checkedAt }: StoredCovered, rules: AskingRules): readonly Span[] {
  if (checkedAt >= rules.runStartedAt) return [span];
  if (rules.refresh) return [];
  // Things in it may have gained something meanwhile (a reply, a re-run): it must have been seen after the window's end.
  if (purpose === "lookback") return checkedAt >= Math.min(rules.windowUntil, rules.now) ? [span] : [];
  const settled = { from: span.from, until: Math.min(span.until, rules.now - rules.recheckFor) };
  return settled.from < settled.until ? [settled] : [];
}
