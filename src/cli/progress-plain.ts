import type { ProgressEvent } from "../contract/progress.js";
import { MICROS_PER_SECOND, type EpochMicros } from "../kit/instant.js";
import { oneLine } from "../kit/text.js";
import { createFoundLines } from "./found-lines.js";
import type { Reporter, ReporterPorts } from "./progress.js";
import { createProgressState, leftText, microsLeft, waitText, type SourceState, type WaitingEvent } from "./progress-state.js";

/** Whoever reads a log must be able to tell slow from stuck: at least one line in this time. */
const SILENCE_MS = 30_000;
/** Shorter waits are not worth a line. */
const WORTH_A_LINE_MS = 1000;

/** For pipes and logs: lines, nothing is painted over. */
export function plainReporter({ stream, clock }: Omit<ReporterPorts, "styles">): Reporter {
  const state = createProgressState(clock);
  const found = createFoundLines();
  let isQuiet = true;
  let wait: { readonly event: WaitingEvent; readonly until: EpochMicros } | null = null;
  const say = (text: string | null) => {
    if (text === null) return;
    isQuiet = false;
    stream.write(`${text}\n`);
  };
  const timer = setInterval(() => {
    const waits = wait !== null && wait.until > clock.now() ? [waitText(wait.event)] : [];
    if (isQuiet) stream.write(`${["still at work", ...waits, ...stillOpen(state.sources(), clock.now())].join("; ")}\n`);
    isQuiet = true;
  }, SILENCE_MS / 2);
  timer.unref();
  return {
    end: () => {
      clearInterval(timer);
      say(found.rest());
    },
    progress: (event) => {
      state.apply(event);
      if (event.type === "waiting") wait = { event, until: clock.now() + event.ms * 1000 };
      if (event.type === "found") say(found.lineOf(event));
      else if (event.type === "waiting" && event.ms >= WORTH_A_LINE_MS) say(waitingLine(event, state.sources(), clock.now()));
      else say(lineOf(event));
    },
  };
}

function lineOf(event: ProgressEvent): string | null {
  if (event.type === "source done")
    return `${event.connector} ${event.source}: ${event.items} items from ${event.scopes} scopes, ${event.gaps} gaps`;
  if (event.type === "gap")
    return `gap: ${event.connector} ${event.source} ${oneLine(event.scope)}: ${event.reason}: ${oneLine(event.detail)}`;
  return event.type === "warning" ? `warning: ${oneLine(event.text)}` : null;
}

/** With how long all that waits for it will take. */
function waitingLine(event: WaitingEvent, sources: readonly SourceState[], now: number): string {
  const left = sources.flatMap((each) => (each.wait?.event === event ? (microsLeft(each, now) ?? []) : []));
  const longest = Math.max(event.ms * 1000, ...left);
  return longest <= event.ms * 1000 + MICROS_PER_SECOND ? waitText(event) : `${waitText(event)}: ${leftText(longest)}`;
}

function stillOpen(sources: readonly SourceState[], now: EpochMicros): string[] {
  return sources.filter(({ done }) => !done).map((each) => sourceText(each, now));
}

/** `slack messages: 120 items so far, 40 %, about 2 min left`. */
function sourceText(state: SourceState, now: number): string {
  const left = microsLeft(state, now);
  const share = state.share === 0 ? "" : `, ${Math.floor(state.share * 100)} %`;
  return `${state.connector} ${state.source}: ${state.items} items so far${share}${left === null ? "" : `, ${leftText(left)}`}`;
}
