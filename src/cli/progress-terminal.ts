import { shorten } from "../kit/text.js";
import { createFoundLines } from "./found-lines.js";
import type { Reporter, ReporterPorts } from "./progress.js";
import { createProgressState, leftText, microsLeft, waitText, type SourceState } from "./progress-state.js";

/** More often than this nobody sees. */
const REPAINT_MICROS = 80_000;
const NARROWEST = 40;

/** For terminals: a line per source that is painted over; changes and alerts scroll by above them. */
export function terminalReporter({ stream, styles, clock }: ReporterPorts): Reporter {
  const state = createProgressState(clock);
  const found = createFoundLines();
  let painted = 0;
  let paintedAt = 0;
  const width = () => Math.max(NARROWEST, (stream.columns || 100) - 1);
  /** Everything from the first painted line on is cleared and written anew, below what has been found since. */
  const paint = (above: readonly string[] = []) => {
    const now = clock.now();
    const lines = state.sources().map((each) => {
      const text = shorten(statusText(each, now), width());
      return each.done ? styles.dim(text) : text;
    });
    const up = painted === 0 ? "" : `\u001b[${painted}A\u001b[0J`;
    stream.write(`${up}${[...above, ...lines].map((line) => `${line}\n`).join("")}`);
    painted = lines.length;
    paintedAt = now;
  };
  return {
    end: () => {
      const rest = found.rest();
      paint(rest === null ? [] : [rest]);
    },
    progress: (event) => {
      state.apply(event);
      if (event.type === "step" || event.type === "warning") return;
      const line = event.type === "found" ? found.lineOf(event) : null;
      if (line !== null) paint([shorten(line, width())]);
      else if (event.type !== "found" && (event.type !== "source" || clock.now() - paintedAt >= REPAINT_MICROS)) paint();
    },
  };
}

function statusText(state: SourceState, now: number): string {
  const { connector, source, items, share, gaps, done, wait } = state;
  const left = microsLeft(state, now);
  const parts = [
    `${items} items`,
    ...(done || share === 0 ? [] : [`${Math.floor(share * 100)} %`]),
    ...(gaps === 0 ? [] : [`${gaps} ${gaps === 1 ? "gap" : "gaps"}`]),
    ...(left === null ? [] : [leftText(left)]),
  ];
  const waiting = wait === null || wait.until <= now ? "" : `  ${waitText(wait.event)}`;
  return `  ${done ? "✓" : "·"} ${`${connector} ${source}`.padEnd(20)} ${parts.join(", ")}${waiting}`;
}
