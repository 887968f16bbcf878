import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/kit/errors.js";
import { fromIso, MICROS_PER_DAY, MICROS_PER_HOUR, overlaps, toIso } from "../../src/kit/instant.js";
import { incidentId } from "../../src/window/incident-id.js";
import { resolveWindow, type WindowRequest } from "../../src/window/resolve-window.js";

const at = (text: string) => fromIso(text)!;
const iso = (micros: number) => toIso(micros, 1_000_000);

const request: WindowRequest = {
  start: at("2026-03-04T11:20:00Z"),
  end: at("2026-03-04T13:05:00Z"),
  from: null,
  until: null,
  leadIn: { changes: 24 * MICROS_PER_HOUR, conversation: 2 * MICROS_PER_HOUR, metrics: 6 * MICROS_PER_HOUR },
  leadOut: 2 * MICROS_PER_HOUR,
  changeLookBack: 7 * MICROS_PER_DAY,
  now: at("2026-03-10T00:00:00Z"),
};

describe("resolveWindow", () => {
  it("gives each category its lead-in, and all the same end", () => {
    const { window, openUntil } = resolveWindow(request);

    expect(openUntil).toBe(false);
    expect(Object.fromEntries(Object.entries(window.spans).map(([name, span]) => [name, [iso(span.from), iso(span.until)]]))).toEqual({
      change: ["2026-03-03T11:20:00Z", "2026-03-04T15:05:00Z"],
      alert: ["2026-03-04T09:20:00Z", "2026-03-04T15:05:00Z"],
      metric: ["2026-03-04T05:20:00Z", "2026-03-04T15:05:00Z"],
      conversation: ["2026-03-04T09:20:00Z", "2026-03-04T15:05:00Z"],
    });
    expect([iso(window.from), iso(window.until)]).toEqual(["2026-03-03T11:20:00Z", "2026-03-04T15:05:00Z"]);
    expect(window.changeLookBack).toEqual({ from: at("2026-02-24T11:20:00Z"), until: at("2026-03-03T11:20:00Z") });
    expect(window.baselines.map((span) => [iso(span.from), iso(span.until)])).toEqual([
      ["2026-03-03T05:20:00Z", "2026-03-03T15:05:00Z"],
      ["2026-02-25T05:20:00Z", "2026-02-25T15:05:00Z"],
    ]);
  });

  it("takes --from and --until as the borders of all categories", () => {
    const { window } = resolveWindow({ ...request, from: at("2026-03-01T00:00:00Z"), until: at("2026-03-04T12:00:00Z") });

    for (const span of Object.values(window.spans)) {
      expect([iso(span.from), iso(span.until)]).toEqual(["2026-03-01T00:00:00Z", "2026-03-04T12:00:00Z"]);
    }
  });

  it.each([
    ["an open incident", { end: null, now: at("2026-03-04T12:00:00Z") }, null, "2026-03-04T12:00:00Z", true],
    ["a lead-out that is not over", { now: at("2026-03-04T14:00:00Z") }, "2026-03-04T13:05:00Z", "2026-03-04T14:00:00Z", true],
    ["an end ahead of now", { now: at("2026-03-04T12:00:00Z") }, null, "2026-03-04T12:00:00Z", true],
    ["an --until ahead of now", { until: at("2027-01-01T00:00:00Z") }, "2026-03-04T13:05:00Z", "2026-03-10T00:00:00Z", true],
    ["a lead-out that ends now", { now: at("2026-03-04T15:05:00Z") }, "2026-03-04T13:05:00Z", "2026-03-04T15:05:00Z", false],
  ])("cuts %s to now", (_, change, end, until, openUntil) => {
    const resolved = resolveWindow({ ...request, ...change });

    expect(resolved.window.incidentEnd).toBe(end === null ? null : at(end));
    expect(iso(resolved.window.until)).toBe(until);
    expect(resolved.openUntil).toBe(openUntil);
  });

  it.each([
    ["a start in the future", { start: at("2026-04-01T00:00:00Z"), end: null }, /^start: .*not in the past/],
    ["an end before its start", { end: at("2026-03-04T11:19:59Z") }, /^end: .*before the start/],
    ["an end at its start", { end: request.start }, /^end: .*takes time/],
    ["a --from after the start", { from: request.start + 1 }, /^from: .*after the start/],
    ["an --until at the start", { until: request.start }, /^until: .*not after the start/],
    ["ten years", { from: at("2016-03-04T12:00:00Z") }, /^window: .*longer than 366 d/],
  ])("refuses %s", (_, change, problem) => {
    const error = refusal({ ...request, ...change });

    expect(error.problems).toHaveLength(1);
    expect(error.problems[0]).toMatch(problem);
  });

  it("reports all contradictions at once", () => {
    expect(refusal({ ...request, end: request.start - 1, from: request.start + 5, until: request.start - 5 }).problems).toHaveLength(3);
  });

  it("keeps baselines whole days away and clear of the window and each other, however long it is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 * 24 }), fc.integer({ min: 0, max: 2000 }), (hours, lead) => {
        const { window } = resolveWindow({
          ...request,
          start: request.now - hours * MICROS_PER_HOUR,
          end: null,
          leadIn: { ...request.leadIn, metrics: lead * MICROS_PER_HOUR },
        });
        const [near, far] = window.baselines as [(typeof window.baselines)[0], (typeof window.baselines)[0]];
        const metric = window.spans.metric;

        expect([overlaps(near, metric), overlaps(far, metric), overlaps(near, far)]).toEqual([false, false, false]);
        expect([(metric.from - near.from) % MICROS_PER_DAY, (metric.from - far.from) % MICROS_PER_DAY]).toEqual([0, 0]);
        expect(near.until - near.from).toBe(metric.until - metric.from);
        expect(near.from).toBeGreaterThan(far.from);
        expect(metric.from - far.from).toBeGreaterThanOrEqual(7 * MICROS_PER_DAY);
      }),
    );
  });
});

describe("incidentId", () => {
  const start = at("2026-03-04T23:59:59+02:00");
  it.each([
    [{ id: null, title: "Checkout errors" }, /^2026-03-04-checkout-errors$/],
    [{ id: null, title: "Café: 5xx!" }, /^2026-03-04-cafe-5xx$/],
    [{ id: null, title: "" }, /^2026-03-04-incident$/],
    [{ id: null, title: "数据库" }, /^2026-03-04-incident-[0-9a-f]{8}$/],
    [{ id: null, title: "x".repeat(200) }, /^2026-03-04-x{60}-[0-9a-f]{8}$/],
    [{ id: "INC-42", title: "ignored" }, /^inc-42$/],
    [{ id: "../../etc/passwd", title: "" }, /^etc-passwd$/],
    [{ id: "..\\..\\boot.ini%00", title: "" }, /^boot-ini-00$/],
    [{ id: "障害-7", title: "" }, /^7-[0-9a-f]{8}$/],
  ])("names %j", (name, expected) => {
    expect(incidentId({ ...name, start })).toMatch(expected);
  });

  it("keeps to a safe alphabet, whatever it is given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (title) => {
        expect(incidentId({ id: null, start, title })).toMatch(/^2026-03-04-[a-z0-9]+(-[a-z0-9]+)*$/);
      }),
    );
  });

  it.each(["", "...", "/"])("refuses the id %j", (id) => {
    expect(() => incidentId({ id, start, title: "x" })).toThrow(UsageError);
  });
});

function refusal(given: WindowRequest): UsageError {
  try {
    resolveWindow(given);
  } catch (error) {
    if (error instanceof UsageError) return error;
  }
  throw new Error("expected a UsageError");
}
