import { z } from "zod";
import { MARK_KINDS, type MarkKind } from "../contract/notice.js";
import { formatDuration, parseDuration, type DurationMicros } from "../kit/duration.js";
import { MICROS_PER_DAY, MICROS_PER_MINUTE, MICROS_PER_SECOND } from "../kit/instant.js";

/** How `timeline watch` goes about it; durations in microseconds. */
export interface WatchConfig {
  readonly lookEvery: DurationMicros;
  readonly lookBack: DurationMicros;
  readonly sameBy: readonly MarkKind[];
  readonly afterNotice: readonly DurationMicros[];
  readonly whileOpen: DurationMicros;
  readonly afterEnd: readonly DurationMicros[];
  readonly openAtMost: DurationMicros;
  readonly atOnce: number;
  readonly alertAfter: DurationMicros;
  /** null: nothing is listened to. */
  readonly port: number | null;
}

const day = MICROS_PER_DAY;

/** What people write. What is noticed, and where it is attached, stands in the connectors' own sections. */
export const watchSchema = z
  .strictObject({
    lookEvery: between(10 * MICROS_PER_SECOND, day, "PT1M", "How often the places are asked which incidents there are"),
    lookBack: between(MICROS_PER_MINUTE, 30 * day, "P2D", "What was over longer ago when it is first seen is not taken up"),
    sameBy: z
      .array(z.enum(MARK_KINDS))
      .default(["place", "url"])
      .describe(
        'By what two places tell of one incident: "place" (one names the other), "url" (both name the same link), "id" (both name the same id of yours)',
      ),
    afterNotice: z
      .array(length(0, 7 * day))
      .max(20)
      .default(["PT0S", "PT15M"])
      .describe("Builds after an incident was noticed"),
    whileOpen: between(MICROS_PER_MINUTE, 7 * day, "PT1H", "Builds while it is open"),
    afterEnd: z
      .array(length(0, 30 * day))
      .max(20)
      .default(["PT0S", "P1D"])
      .describe("Builds after it was over; files that cannot be edited in place are replaced with the first and the last of them"),
    openAtMost: between(day, 366 * day, "P30D", "An incident that is open for longer is taken to be forgotten: its builds end"),
    atOnce: z.int().min(1).max(16).default(2).describe("Incidents that are worked on at once"),
    alertAfter: between(
      MICROS_PER_MINUTE,
      30 * day,
      "PT2H",
      "How long a build may be due without success before it is an alert, and exit code 1 with --once",
    ),
    port: z
      .int()
      .min(0)
      .max(65_535)
      .nullable()
      .default(null)
      .describe("Port on loopback for /health, /ready, /metrics and /notices/; null: none, 0: any that is free"),
  })
  .prefault({})
  .describe("How `timeline watch` goes about it");

export function watchConfig(written: z.output<typeof watchSchema>): WatchConfig {
  const micros = (text: string): DurationMicros => parseDuration(text)!;
  const ascending = (texts: readonly string[]) => texts.map(micros).sort((a, b) => a - b);
  return Object.freeze({
    lookEvery: micros(written.lookEvery),
    lookBack: micros(written.lookBack),
    sameBy: Object.freeze([...written.sameBy]),
    afterNotice: Object.freeze(ascending(written.afterNotice)),
    whileOpen: micros(written.whileOpen),
    afterEnd: Object.freeze(ascending(written.afterEnd)),
    openAtMost: micros(written.openAtMost),
    atOnce: written.atOnce,
    alertAfter: micros(written.alertAfter),
    port: written.port,
  });
}

function between(least: DurationMicros, most: DurationMicros, standard: string, description: string) {
  return length(least, most).default(standard).describe(description);
}

function length(least: DurationMicros, most: DurationMicros) {
  return z.string().refine(
    (written) => {
      const micros = parseDuration(written);
      return micros !== null && micros >= least && micros <= most;
    },
    `expected a duration such as "15m" or "PT1H", from ${formatDuration(least)} to ${formatDuration(most)}`,
  );
}
