import type { Progress } from "../contract/progress.js";
import type { Clock } from "../kit/clock.js";
import { plainReporter } from "./progress-plain.js";
import { terminalReporter } from "./progress-terminal.js";
import type { Styles } from "./styles.js";

export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Reporter {
  readonly progress: Progress;
  /** Leaves the last state on the screen and stops repainting. */
  readonly end: () => void;
}

/** What a reporter works with. */
export interface ReporterPorts {
  readonly stream: ProgressStream;
  readonly styles: Styles;
  readonly clock: Clock;
}

/**
 * The same facts on a terminal and in a pipe: on a terminal a line per source that is painted over, elsewhere a line
 * when a source is done or has to wait. Everything goes to standard error; results go to standard output.
 */
export function createReporter(ports: ReporterPorts): Reporter {
  return ports.stream.isTTY === true ? terminalReporter(ports) : plainReporter(ports);
}

export const SILENT: Reporter = { progress: () => {}, end: () => {} };
