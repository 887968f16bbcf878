import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldReports, isAllKnown, type FoldRules } from "../../src/watch/fold-reports.js";
import { isDone, nextWork } from "../../src/watch/next-work.js";
import { dueAt, stageAt } from "../../src/watch/schedule.js";
import { standingOf } from "../../src/watch/standing.js";
import { told } from "../../src/watch/told.js";
import { failed, notBefore, NOT_TRIED, succeeded } from "../../src/watch/tries.js";
import { DAY, HOUR, MINUTE, NOTICED, report, SCHEDULE, watched } from "./samples.js";

/** Every instant at which a build began, when each begins as soon as it is due. */
function buildsUntil(until: number, more: Parameters<typeof watched>[0] = {}, late = 0): number[] {
  const builds: number[] = [];
  for (let incident = watched(more); ;) {
    const due = dueAt(incident, SCHEDULE);
    if (due === null || due + late > until) return builds;
    builds.push(due + late - NOTICED);
    incident = { ...incident, build: succeeded(due + late, due + late) };
  }
}

describe("when a build is due", () => {
  it("is at once, after a quarter of an hour, and hourly while it is open", () => {
    expect(buildsUntil(NOTICED + 3.5 * HOUR)).toEqual([0, 15 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR]);
  });

  it("is at resolution and a day later, and then never", () => {
    const overSince = NOTICED + 80 * MINUTE;
    expect(buildsUntil(NOTICED + 30 * DAY, { overSince })).toEqual([0, 15 * MINUTE, HOUR, 80 * MINUTE, 80 * MINUTE + DAY]);
  });

  it("catches up once with everything that was missed", () => {
    expect(buildsUntil(NOTICED + 7 * HOUR, {}, 5.5 * HOUR)).toEqual([5.5 * HOUR]);
  });

  it("ends when nobody says for a month that it is over", () => {
    expect(buildsUntil(NOTICED + 90 * DAY).at(-1)).toBe(30 * DAY);
  });

  it("comes again when a place corrects itself", () => {
    const incident = watched({ overSince: NOTICED, build: succeeded(NOTICED + 2 * DAY, NOTICED + 2 * DAY), changedAt: NOTICED + 3 * DAY });
    expect(dueAt(incident, SCHEDULE)).toBe(NOTICED + 3 * DAY);
  });

  it("is never before it was covered, whatever the times", () => {
    const instant = fc.integer({ min: 0, max: 10_000 }).map((minutes) => NOTICED + minutes * MINUTE);
    fc.assert(
      fc.property(instant, fc.option(instant), instant, (changedAt, overSince, doneAt) => {
        const due = dueAt(watched({ changedAt, overSince, build: succeeded(doneAt, doneAt) }), SCHEDULE);
        return due === null || due > doneAt;
      }),
    );
  });

  it("says how far it is", () => {
    const incident = { overSince: NOTICED };
    const stages = [-1, 0, DAY - 1, DAY].map((after) => stageAt(incident, NOTICED + after, SCHEDULE));
    expect(stages).toEqual(["open", "resolved", "resolved", "final"]);
    expect(stageAt({ overSince: null }, NOTICED, SCHEDULE)).toBe("open");
  });
});

describe("what is done next", () => {
  it("is a build, then what it made is attached, then nothing for a while", () => {
    const [first] = nextWork([watched()], SCHEDULE);
    expect(first).toMatchObject({ kind: "build", dueAt: NOTICED, at: NOTICED });

    const built = watched({ build: succeeded(NOTICED, NOTICED + MINUTE) });
    expect(nextWork([built], SCHEDULE)[0]).toMatchObject({ kind: "attach", at: NOTICED });

    const attached = { ...built, attach: succeeded(NOTICED + MINUTE, NOTICED + 2 * MINUTE) };
    expect(nextWork([attached], SCHEDULE)[0]).toMatchObject({ kind: "build", at: NOTICED + 15 * MINUTE });
  });

  it("waits longer after each failure, up to an hour", () => {
    let tries = NOT_TRIED;
    const waits = Array.from({ length: 8 }, () => {
      tries = failed(tries, NOTICED, "NO_SOURCE_READ");
      return (notBefore(tries)! - NOTICED) / MINUTE;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it("begins with what is most overdue", () => {
    const incidents = [watched({ id: "b", noticedAt: NOTICED + 1, changedAt: NOTICED + 1 }), watched({ id: "a" })];
    expect(nextWork(incidents, SCHEDULE).map(({ incident }) => incident.id)).toEqual(["a", "b"]);
  });

  it("is nothing when all is built and attached, or cannot be attached for days", () => {
    const at = NOTICED + 2 * DAY;
    const over = watched({ overSince: NOTICED, build: succeeded(at, at) });
    expect(isDone({ ...over, attach: succeeded(at, at) }, SCHEDULE)).toBe(true);
    expect(isDone({ ...over, attach: failed(NOT_TRIED, at + DAY, "X") }, SCHEDULE)).toBe(false);
    expect(isDone({ ...over, attach: failed(NOT_TRIED, at + 4 * DAY, "X") }, SCHEDULE)).toBe(true);
  });
});

describe("which report is about which incident", () => {
  const rules: FoldRules = {
    sameBy: ["place", "url"],
    since: NOTICED - 2 * DAY,
    now: NOTICED,
    idOf: ({ name }, isTaken) => (isTaken(name) ? `${name}-2` : name),
  };

  it("makes a new one once, and nothing of the same again", () => {
    const first = foldReports([], [report()], rules);
    expect(first).toMatchObject([{ id: "inc-checkout", noticedAt: NOTICED, overSince: null }]);
    expect(foldReports(first, [report()], { ...rules, now: NOTICED + HOUR })).toEqual([]);
  });

  it("knows when nothing new was told, so that no name is looked up", () => {
    const other = report({ key: "github:acme/shop#7", marks: ["slack:C1"] });
    expect(isAllKnown([watched()], [report({ title: "Otherwise" })])).toBe(true);
    expect(isAllKnown([watched()], [report(), other])).toBe(false);
    expect(isAllKnown([], [])).toBe(true);
  });

  it("leaves alone what was over long before", () => {
    expect(foldReports([], [report({ end: NOTICED - 3 * DAY })], rules)).toEqual([]);
  });

  it("joins two places by what one of them names, and by nothing else", () => {
    const datadog = report({ key: "datadog:incident/7", marks: ["datadog:incident/7", "slack:C1", "id:7"], severity: "SEV-2" });
    const issue = report({ key: "github:acme/shop#7", marks: ["github:acme/shop#7", "id:7"], name: "shop-7" });
    const incidents = foldReports([], [report(), datadog, issue], rules);

    expect(incidents.map(({ reports }) => reports.map(({ key }) => key))).toEqual([
      ["slack:C1", "datadog:incident/7"],
      ["github:acme/shop#7"],
    ]);
    expect(told(incidents[0]!)).toMatchObject({ severity: "SEV-2" });
    expect(foldReports([], [datadog, issue], { ...rules, sameBy: ["id"] })).toHaveLength(1);
  });

  it("keeps two of one name apart", () => {
    const other = report({ key: "slack:C2", marks: ["slack:C2"] });
    expect(foldReports([], [report(), other], rules).map(({ id }) => id)).toEqual(["inc-checkout", "inc-checkout-2"]);
  });

  it("keeps the start where a place tells of the end alone, and takes up no incident from that", () => {
    const recovery = report({ start: NOTICED + HOUR, end: NOTICED + HOUR, startIsUnknown: true });
    const [after] = foldReports(foldReports([], [report()], rules), [recovery], rules);

    expect(foldReports([], [recovery], rules)).toEqual([]);
    expect(after && told(after)).toMatchObject({ start: NOTICED - 5 * MINUTE, end: NOTICED + HOUR });
    expect(foldReports([after!], [recovery], rules)).toEqual([]);
  });

  it("follows corrections, an end, and an end that was none", () => {
    const [first] = foldReports([], [report()], rules);
    const over = foldReports([first!], [report({ end: NOTICED + HOUR })], { ...rules, now: NOTICED + 2 * HOUR });
    expect(over).toMatchObject([{ overSince: NOTICED + 2 * HOUR, changedAt: NOTICED + 2 * HOUR }]);
    const again = foldReports(over, [report()], { ...rules, now: NOTICED + 3 * HOUR });
    expect(again).toMatchObject([{ overSince: null, changedAt: NOTICED + 3 * HOUR }]);
  });

  it("takes up one that was done with when it says something new", () => {
    const done = watched({ isDone: true });
    const [next] = foldReports([done], [report({ title: "Checkout errors, EU only" })], rules);
    expect(next).toMatchObject({ id: done.id, isDone: false });
  });
});

describe("how it stands", () => {
  it("tells what is late, and for how long the oldest work has been waiting", () => {
    const rules = { schedule: SCHEDULE, alertAfter: 2 * HOUR };
    const now = NOTICED + 3 * HOUR;
    const blind = { connector: "slack", doneAt: null, triedAt: now, error: "not reachable", problems: [] };
    const standing = standingOf(
      [watched(), watched({ id: "x", build: succeeded(now, now), attach: succeeded(now, now) })],
      [blind],
      now,
      rules,
    );
    expect(standing).toMatchObject({ open: 2, late: ["2026-03-02-inc-checkout"], blind: ["slack"], oldestDueMicros: 3 * HOUR });
    expect(standingOf([watched()], [], NOTICED + HOUR, rules).late).toEqual([]);
  });
});
