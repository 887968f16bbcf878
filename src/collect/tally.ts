import type { Span } from "../kit/instant.js";
import { subtract } from "./spans.js";

/** How much of what a source has to ask is known by now. */
export interface Tally {
  /** A span of a scope is known, or given up. */
  done(scope: string, span: Span): void;
  /** 0 to 1. */
  share(): number;
}

/** `total`: how much there is to ask, in microseconds of all scopes together. */
export function createTally(total: number): Tally {
  const known = new Map<string, Span[]>();
  let micros = 0;
  return {
    done: (scope, span) => {
      const before = known.get(scope) ?? [];
      const fresh = subtract(span, before);
      micros += fresh.reduce((sum, { from, until }) => sum + until - from, 0);
      known.set(scope, [...before, ...fresh]);
    },
    share: () => (total <= 0 ? 1 : Math.min(1, micros / total)),
  };
}
