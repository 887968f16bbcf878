import type { MarkKind, NoticeReport } from "../contract/notice.js";
import type { LookRecord, WatchedIncident } from "../contract/watch.js";
import type { DurationMicros } from "../kit/duration.js";
import type { EpochMicros } from "../kit/instant.js";
import { createCrew } from "./crew.js";
import { doWork, type WorkDone } from "./do-work.js";
import { foldReports, isAllKnown } from "./fold-reports.js";
import { lookAround } from "./look-around.js";
import { isDone, nextWork, type Work } from "./next-work.js";
import type { WatchPorts } from "./ports.js";
import { standingOf, type Standing, type StandingRules } from "./standing.js";

export interface WatchSettings extends StandingRules {
  /** Between two looks around. */
  readonly lookEvery: DurationMicros;
  /** What was over longer ago is not taken up. */
  readonly lookBack: DurationMicros;
  readonly sameBy: readonly MarkKind[];
  /** How many incidents are worked on at once. */
  readonly atOnce: number;
}

/** What happened, for whoever counts. */
export interface WatchEvents {
  readonly worked?: (work: Work, done: WorkDone, micros: DurationMicros) => void;
  readonly looked?: (looks: readonly LookRecord[]) => void;
}

export interface Watcher {
  /** Looks around, works and waits until the signal is aborted; then rejects with its reason, at a place to go on from. */
  run(): Promise<never>;
  /** Looks around once and does everything that is due, one try each. */
  once(): Promise<void>;
  /** Takes what was told without being asked. It is in the store when this resolves. */
  take(reports: readonly NoticeReport[]): Promise<void>;
  standing(): Standing;
}

/** How long after the last alert for an incident the next is due. */
const ALERT_EVERY: DurationMicros = 3_600_000_000;

/** One process at a time: what it keeps in memory is what the store holds. */
export async function createWatcher(settings: WatchSettings, ports: WatchPorts, events: WatchEvents = {}): Promise<Watcher> {
  const { store, clock, signal, log } = ports;
  const incidents = new Map((await store.watched()).map((incident) => [incident.id, incident]));
  const looks = new Map((await store.looks()).map((look) => [look.connector, look]));
  const crew = createCrew();
  const alerted = new Map<string, EpochMicros>();
  let nextLook: EpochMicros = -Infinity;
  let wake = (): void => undefined;

  const put = async (changed: readonly WatchedIncident[]): Promise<void> => {
    const settled = changed.map((incident) => ({ ...incident, isDone: isDone(incident, settings.schedule) }));
    for (const incident of settled) incidents.set(incident.id, incident);
    if (settled.length > 0) await store.putWatched(settled);
  };

  const take = async (reports: readonly NoticeReport[]): Promise<void> => {
    // Names are looked up for new incidents alone: most looks tell of known ones.
    const idOf = isAllKnown(incidents.values(), reports) ? neverNamed : await ports.namer();
    const now = clock.now();
    const known = new Set(incidents.keys());
    const changed = foldReports(incidents.values(), reports, { sameBy: settings.sameBy, since: now - settings.lookBack, now, idOf });
    await put(changed);
    for (const { id } of changed) log("info", known.has(id) ? "incident changed" : "incident noticed", { incident: id });
    if (changed.length > 0) wake();
  };

  const look = async (): Promise<void> => {
    const began = clock.now();
    nextLook = began + settings.lookEvery;
    const found = await lookAround(began - settings.lookBack, looks, ports);
    for (const record of found.looks) {
      looks.set(record.connector, record);
      await store.putLook(record);
    }
    events.looked?.(found.looks);
    await take(found.reports);
  };

  const work = async (next: Work): Promise<void> => {
    const began = clock.now();
    const done = await doWork(next, settings.schedule, ports);
    if (done.outcome === "interrupted") return;
    await put([done.change(incidents.get(next.incident.id) ?? next.incident)]);
    events.worked?.(next, done, clock.now() - began);
  };

  /** Starts what may be started. @returns when there is something to do again; Infinity: nothing is known of. */
  const startDue = (): EpochMicros => {
    const now = clock.now();
    const works = nextWork(incidents.values(), settings.schedule).filter((next) => !crew.has(next.incident.id));
    const free = settings.atOnce - crew.size + (crew.has(LOOKING) ? 1 : 0);
    const due = works.filter(({ at }) => at <= now).slice(0, Math.max(0, free));
    for (const next of due) crew.start(next.incident.id, () => work(next));
    return Math.min(Infinity, ...works.filter(({ at }) => at > now).map(({ at }) => at));
  };

  const alert = (): void => {
    const now = clock.now();
    for (const id of standing().late) {
      if ((alerted.get(id) ?? -Infinity) > now - ALERT_EVERY) continue;
      alerted.set(id, now);
      log("error", "ALERT no successful build", { incident: id, error: incidents.get(id)?.build.error ?? null });
    }
  };

  const standing = (): Standing => standingOf(incidents.values(), looks.values(), clock.now(), settings);

  return {
    take,
    standing,
    once: async () => {
      await look();
      for (startDue(); crew.size > 0; startDue()) {
        await crew.next();
        signal.throwIfAborted();
      }
      alert();
    },
    run: async () => {
      for (;;) {
        if (clock.now() >= nextLook && !crew.has(LOOKING)) crew.start(LOOKING, look);
        const next = startDue();
        alert();
        await until(Math.min(next, crew.has(LOOKING) ? Infinity : nextLook));
        signal.throwIfAborted();
      }
    },
  };

  /** Or until something ends, or is told. */
  async function until(at: EpochMicros): Promise<void> {
    const awake = new AbortController();
    const woken = new Promise<void>((resolve) => (wake = resolve));
    const ms = Math.min(Math.max(0, (at - clock.now()) / 1000), LONGEST_SLEEP_MS);
    const slept = clock.sleep(ms, AbortSignal.any([signal, awake.signal])).catch(() => undefined);
    try {
      await crew.next(woken, slept);
    } finally {
      awake.abort();
    }
  }
}

function neverNamed(): never {
  throw new Error("a known incident was to be named");
}

const LOOKING = " looking";
/** Timers cannot wait longer than 24 days; and a wake-up now and then costs nothing. */
const LONGEST_SLEEP_MS = 3_600_000;
