import type { LookRecord } from "../contract/watch.js";
import type { DurationMicros } from "../kit/duration.js";
import { MICROS_PER_SECOND } from "../kit/instant.js";
import type { WireWait } from "../kit/wire/types.js";
import type { WorkDone } from "./do-work.js";
import type { Work } from "./next-work.js";
import type { Standing } from "./standing.js";

/** What Prometheus is told. Labels are connectors and outcomes: never an incident, a place or a text. */
export interface Measures {
  readonly contentType: string;
  worked(work: Work, done: WorkDone, micros: DurationMicros): void;
  looked(looks: readonly LookRecord[]): void;
  waited(wait: Pick<WireWait, "connector" | "ms">): void;
  received(connector: string, outcome: string): void;
  text(standing: Standing): Promise<string>;
}

/** The library is loaded only where somebody listens. */
export async function createMeasures(): Promise<Measures> {
  const { Counter, Gauge, Histogram, Registry } = await import("prom-client");
  const registry = new Registry();
  const registers = [registry];
  const name = (rest: string) => `incident_timeline_${rest}`;
  const gauge = (rest: string, help: string) => new Gauge({ name: name(rest), help, registers });
  const counter = <Label extends string>(rest: string, help: string, labelNames: Label[]) =>
    new Counter({ name: name(rest), help, labelNames, registers });

  const works = counter("work_total", "Builds and attachings that ended, by outcome", ["kind", "outcome"]);
  const seconds = new Histogram({
    name: name("build_seconds"),
    help: "How long builds that succeeded took",
    buckets: [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800],
    registers,
  });
  const places = counter("attachments_total", "Places that were brought up to date, by outcome", ["connector", "outcome"]);
  const gaps = counter("gaps_total", "Gaps of the builds that succeeded", []);
  const waits = counter("source_wait_seconds_total", "Waits that the sources asked for, or a back-off", ["connector"]);
  const looks = counter("looks_total", "Looks for incidents, by outcome", ["connector", "outcome"]);
  const requests = counter("notices_total", "Requests to /notices/, by what became of them", ["connector", "outcome"]);
  const problems = new Gauge({
    name: name("notice_problems"),
    help: "What the last look found and could not use",
    labelNames: ["connector"],
    registers,
  });
  const open = gauge("incidents_open", "Incidents that are watched and not over");
  const atWork = gauge("incidents_at_work", "Incidents for which something will be due");
  const oldest = gauge("oldest_due_seconds", "How long the oldest due work has been waiting");
  const late = gauge("incidents_late", "Incidents without a successful build for longer than watch.alertAfter");
  const failing = gauge("incidents_attach_failing", "Incidents whose last attaching failed");

  return {
    contentType: registry.contentType,
    worked: ({ kind }, { outcome, places: attached, gaps: unseen }, micros) => {
      works.inc({ kind, outcome });
      if (kind === "build" && outcome === "done") seconds.observe(micros / MICROS_PER_SECOND);
      if (unseen !== null) gaps.inc(unseen);
      for (const place of attached) places.inc({ connector: place.connector, outcome: place.outcome });
    },
    looked: (records) => {
      for (const { connector, error, problems: found } of records) {
        looks.inc({ connector, outcome: error === null ? "done" : "failed" });
        problems.set({ connector }, found.length);
      }
    },
    waited: ({ connector, ms }) => waits.inc({ connector }, ms / 1000),
    received: (connector, outcome) => requests.inc({ connector, outcome }),
    text: async (standing) => {
      open.set(standing.open);
      atWork.set(standing.atWork);
      oldest.set(standing.oldestDueMicros / MICROS_PER_SECOND);
      late.set(standing.late.length);
      failing.set(standing.attachFailing);
      return registry.metrics();
    },
  };
}
