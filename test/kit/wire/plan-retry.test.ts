import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../../src/kit/wire/limits.js";
import { planRetry, type RetryPlan } from "../../../src/kit/wire/plan-retry.js";
import type { Verdict } from "../../../src/kit/wire/types.js";

const broken = { kind: "broken", why: "status 503" } as const;
const told = (waitMs: number | null) => ({ kind: "wait", waitMs, why: "status 429" }) as const;
const MINUTE = 60_000;
const HIGHEST = 1 - Number.EPSILON;

type Case = [string, Exclude<Verdict, { kind: "ok" }>, { tries: number; waitedMs: number }, number, RetryPlan];

describe("planRetry", () => {
  it.each<Case>([
    ["backs off up to a second first", broken, { tries: 1, waitedMs: 0 }, HIGHEST, { kind: "again", waitMs: 1000, limited: false }],
    ["backs off further then", broken, { tries: 3, waitedMs: 0 }, HIGHEST, { kind: "again", waitMs: 16_000, limited: false }],
    ["never longer than a minute", broken, { tries: 5, waitedMs: 0 }, HIGHEST, { kind: "again", waitMs: 60_000, limited: false }],
    ["with full jitter", broken, { tries: 5, waitedMs: 0 }, 0, { kind: "again", waitMs: 0, limited: false }],
    ["six tries are all", broken, { tries: 6, waitedMs: 0 }, 0.5, { kind: "give up", reason: "unavailable", waitMs: null }],
    ["the vendor's wait is the least", told(30_000), { tries: 1, waitedMs: 0 }, 0, { kind: "again", waitMs: 30_000, limited: true }],
    ["and a little is added", told(30_000), { tries: 1, waitedMs: 0 }, HIGHEST, { kind: "again", waitMs: 33_000, limited: true }],
    ["never much", told(10 * MINUTE), { tries: 1, waitedMs: 0 }, HIGHEST, { kind: "again", waitMs: 605_000, limited: true }],
    ["no wait is now", told(0), { tries: 1, waitedMs: 0 }, HIGHEST, { kind: "again", waitMs: 0, limited: true }],
    ["but once only", told(0), { tries: 3, waitedMs: 0 }, HIGHEST, { kind: "again", waitMs: 4000, limited: true }],
    ["a limit without a time backs off", told(null), { tries: 2, waitedMs: 0 }, HIGHEST, { kind: "again", waitMs: 4000, limited: true }],
    ["a limit to the end", told(1000), { tries: 6, waitedMs: 0 }, 0, { kind: "give up", reason: "rate limited", waitMs: 1000 }],
    ["15 minutes are allowed", told(15 * MINUTE), { tries: 1, waitedMs: 0 }, 0, { kind: "again", waitMs: 15 * MINUTE, limited: true }],
    ["no more", told(15 * MINUTE + 1), { tries: 1, waitedMs: 0 }, 0, { kind: "give up", reason: "rate limited", waitMs: 15 * MINUTE + 1 }],
    ["in all", told(6 * MINUTE), { tries: 2, waitedMs: 10 * MINUTE }, 0, { kind: "give up", reason: "rate limited", waitMs: 6 * MINUTE }],
    ["for outages too", broken, { tries: 4, waitedMs: 15 * MINUTE }, 0.5, { kind: "give up", reason: "unavailable", waitMs: null }],
  ])("%s", (_name, verdict, state, random, plan) => {
    expect(planRetry(verdict, state, DEFAULT_LIMITS, () => random)).toEqual(plan);
  });

  it("waits no less than told, and never beyond the budget", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 * MINUTE }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 15 * MINUTE }),
        fc.double({ min: 0, max: HIGHEST, noNaN: true }),
        (waitMs, tries, waitedMs, random) => {
          const plan = planRetry(told(waitMs), { tries, waitedMs }, DEFAULT_LIMITS, () => random);
          if (plan.kind === "give up") return plan.reason === "rate limited";
          return plan.waitMs >= waitMs && plan.waitMs + waitedMs <= 15 * MINUTE && tries < 6;
        },
      ),
    );
  });
});
