import type { Window } from "../contract/window.js";
import { formatDuration, type DurationMicros } from "../kit/duration.js";
import { UsageError } from "../kit/errors.js";
import { MICROS_PER_DAY, toIso, type EpochMicros, type Span } from "../kit/instant.js";

export interface WindowRequest {
  /** The incident's own interval as reported. */
  readonly start: EpochMicros;
  /** null: it is still open. */
  readonly end: EpochMicros | null;
  /** Outer borders for every category, in place of lead-in and lead-out. */
  readonly from: EpochMicros | null;
  readonly until: EpochMicros | null;
  readonly leadIn: { readonly changes: DurationMicros; readonly conversation: DurationMicros; readonly metrics: DurationMicros };
  readonly leadOut: DurationMicros;
  readonly changeLookBack: DurationMicros;
  readonly now: EpochMicros;
}

export interface ResolvedWindow {
  readonly window: Window;
  /** `until` was cut to now: the incident or its lead-out is not over. */
  readonly openUntil: boolean;
}

/** More is a mistyped year far more often than an incident, and would ask every source for everything it has. */
const LONGEST: DurationMicros = 366 * MICROS_PER_DAY;

/**
 * The spans to look at: half-open, UTC, one per category. An incident whose end lies ahead of now counts as open.
 * @throws {UsageError} naming all borders that contradict each other.
 */
export function resolveWindow(request: WindowRequest): ResolvedWindow {
  const problems = contradictions(request);
  if (problems.length > 0) {
    throw new UsageError("The window cannot be used.", {
      id: "TIME_INVALID",
      problems,
      hint: "Correct the times, or leave --from and --until out.",
    });
  }
  const { start, now, leadIn } = request;
  const end = request.end !== null && request.end <= now ? request.end : null;
  const wanted = request.until ?? (end === null ? now : end + request.leadOut);
  const until = Math.min(wanted, now);
  const spanOf = (lead: DurationMicros): Span => ({ from: request.from ?? Math.max(1, start - lead), until });
  const spans = {
    change: spanOf(leadIn.changes),
    alert: spanOf(leadIn.conversation),
    metric: spanOf(leadIn.metrics),
    conversation: spanOf(leadIn.conversation),
  };
  return {
    window: {
      incidentStart: start,
      incidentEnd: end,
      from: Math.min(...Object.values(spans).map((span) => span.from)),
      until,
      spans,
      baselines: baselinesOf(spans.metric),
      changeLookBack: { from: Math.max(1, spans.change.from - request.changeLookBack), until: spans.change.from },
    },
    openUntil: wanted > now || end === null,
  };
}

/** The same hours a day and a week earlier, moved by whole days until they are clear of the window and of each other. */
function baselinesOf(metric: Span): Span[] {
  const length = Math.ceil((metric.until - metric.from) / MICROS_PER_DAY);
  const near = Math.max(1, length);
  const far = Math.max(7, near + length);
  return [near, far]
    .map((days) => ({ from: metric.from - days * MICROS_PER_DAY, until: metric.until - days * MICROS_PER_DAY }))
    .filter((span) => span.from > 0);
}

function contradictions(request: WindowRequest): string[] {
  const { start, end, from, until, now } = request;
  const problems: string[] = [];
  const claim = (broken: boolean, text: string) => void (broken && problems.push(text));
  claim(start >= now, `start: ${shown(start)} is not in the past; it is now ${shown(now)}`);
  claim(end !== null && end < start, `end: ${shown(end)} is before the start, ${shown(start)}`);
  claim(end === start, `end: ${shown(end)} is the start as well; an incident takes time`);
  claim(from !== null && from > start, `from: ${shown(from)} is after the start, ${shown(start)}`);
  claim(until !== null && until <= start, `until: ${shown(until)} is not after the start, ${shown(start)}`);
  const length = Math.min(until ?? end ?? now, now) - (from ?? start);
  claim(length > LONGEST, `window: ${formatDuration(length)} is longer than ${formatDuration(LONGEST)}, the most that is looked at`);
  return problems;
}

function shown(at: EpochMicros | null): string {
  return at === null ? "open" : toIso(at, at % 1_000_000 === 0 ? 1_000_000 : 1);
}
