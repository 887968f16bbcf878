import type { Progress, ProgressEvent } from "../contract/progress.js";
import { formatDuration } from "../kit/duration.js";
import { oneLine, shorten } from "../kit/text.js";
import type { Styles } from "./styles.js";

export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Reporter {
  readonly progress: Progress;
  /** Leaves the last state on the screen and stops repainting. */
  end(): void;
}

interface SourceLine {
  readonly label: string;
  items: number;
  scopes: Set<string>;
  gaps: number;
  waiting: string;
  done: boolean;
}

/**
 * The same facts on a terminal and in a pipe: on a terminal a line per source that is painted over, elsewhere a line
 * when a source is done or has to wait. Everything goes to standard error; results go to standard output.
 */
export function createReporter(stream: ProgressStream, styles: Styles, quiet: boolean): Reporter {
  if (quiet) return { progress: () => {}, end: () => {} };
  return stream.isTTY === true ? terminalReporter(stream, styles) : plainReporter(stream);
}

/** Whoever reads a log must be able to tell slow from stuck: at least one line in this time. */
const SILENCE_MS = 30_000;

function plainReporter(stream: ProgressStream): Reporter {
  const items = new Map<string, number>();
  let isQuiet = true;
  const say = (text: string) => {
    isQuiet = false;
    stream.write(`${text}\n`);
  };
  const timer = setInterval(() => {
    if (isQuiet) stream.write(`${stillLine(items)}\n`);
    isQuiet = true;
  }, SILENCE_MS / 2);
  timer.unref();
  return {
    end: () => clearInterval(timer),
    progress: (event) => {
      if (event.type === "source") {
        const key = `${event.connector} ${event.source}`;
        items.set(key, (items.get(key) ?? 0) + event.items);
      } else if (event.type === "source done") {
        items.delete(`${event.connector} ${event.source}`);
        say(doneLine(event));
      } else if (event.type === "waiting" && event.ms >= 1000) say(waitingLine(event));
      else if (event.type === "gap") say(gapLine(event));
      else if (event.type === "warning") say(`warning: ${oneLine(event.text)}`);
    },
  };
}

function stillLine(items: ReadonlyMap<string, number>): string {
  const parts = [...items].map(([source, count]) => `${source}: ${count} items so far`);
  return `still at work${parts.length === 0 ? "" : `; ${parts.join(", ")}`}`;
}

function terminalReporter(stream: ProgressStream, styles: Styles): Reporter {
  const lines = new Map<string, SourceLine>();
  let painted = 0;
  const paint = () => {
    const width = Math.max(40, (stream.columns ?? 100) - 1);
    const text = [...lines.values()].map((line) => shorten(statusLine(line), width));
    const up = painted === 0 ? "" : `\u001b[${painted}A`;
    stream.write(`${up}${text.map((line, index) => `\u001b[2K${[...lines.values()][index]!.done ? styles.dim(line) : line}\n`).join("")}`);
    painted = text.length;
  };
  const lineOf = (connector: string, source: string): SourceLine => {
    const key = `${connector} ${source}`;
    let line = lines.get(key);
    if (!line) lines.set(key, (line = { label: key, items: 0, scopes: new Set(), gaps: 0, waiting: "", done: false }));
    return line;
  };
  return {
    end: () => {},
    progress: (event) => {
      if (event.type === "step" || event.type === "warning") return;
      if (event.type === "waiting") {
        for (const line of lines.values())
          if (line.label.startsWith(`${event.connector} `) && !line.done) line.waiting = waitingLine(event);
      } else {
        const line = lineOf(event.connector, event.source);
        line.waiting = "";
        if (event.type === "source") {
          line.items += event.items;
          line.scopes.add(event.scope);
        } else if (event.type === "gap") line.gaps += 1;
        else line.done = true;
      }
      paint();
    },
  };
}

function statusLine(line: SourceLine): string {
  const gaps = line.gaps === 0 ? "" : `, ${line.gaps} gap${line.gaps === 1 ? "" : "s"}`;
  return `  ${line.done ? "✓" : "·"} ${line.label.padEnd(20)} ${line.items} items${gaps}${line.waiting === "" ? "" : `  ${line.waiting}`}`;
}

function doneLine(event: Extract<ProgressEvent, { type: "source done" }>): string {
  return `${event.connector} ${event.source}: ${event.items} items from ${event.scopes} scopes, ${event.gaps} gaps`;
}

function waitingLine(event: Extract<ProgressEvent, { type: "waiting" }>): string {
  return `${event.connector} waits ${formatDuration(event.ms * 1000)} for ${event.bucket}: ${oneLine(event.why)}`;
}

function gapLine(event: Extract<ProgressEvent, { type: "gap" }>): string {
  return `gap: ${event.connector} ${event.source} ${oneLine(event.scope)}: ${event.reason}: ${oneLine(event.detail)}`;
}
