import type { NoticeReport } from "../../src/contract/notice.js";
import type { WatchedIncident } from "../../src/contract/watch.js";
import { fromIso, type EpochMicros } from "../../src/kit/instant.js";
import type { Schedule } from "../../src/watch/schedule.js";
import { NOT_TRIED } from "../../src/watch/tries.js";

export const MINUTE = 60_000_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const NOTICED: EpochMicros = fromIso("2026-03-02T09:00:00Z")!;

export const SCHEDULE: Schedule = { afterNotice: [0, 15 * MINUTE], whileOpen: HOUR, afterEnd: [0, DAY], openAtMost: 30 * DAY };

export function report(more: Partial<NoticeReport> = {}): NoticeReport {
  return {
    key: "slack:C1",
    title: "Checkout errors",
    name: "inc-checkout",
    start: NOTICED - 5 * MINUTE,
    end: null,
    also: { channels: ["C1"] },
    severity: null,
    url: null,
    visibility: "public",
    wishes: { services: [], only: {}, destinations: null },
    marks: ["slack:C1"],
    ...more,
  };
}

export function watched(more: Partial<WatchedIncident> = {}): WatchedIncident {
  return {
    id: "2026-03-02-inc-checkout",
    reports: [report()],
    noticedAt: NOTICED,
    changedAt: NOTICED,
    overSince: null,
    asked: null,
    build: NOT_TRIED,
    attach: NOT_TRIED,
    isDone: false,
    ...more,
  };
}
