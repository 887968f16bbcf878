import { setMaxListeners } from "node:events";
import { systemClock, type Clock } from "../kit/clock.js";
import { ExitCode } from "../kit/errors.js";
import type { ProgressStream } from "./progress.js";
import { Interrupted } from "./interrupted.js";
import { NO_STYLES, stylesFor, type Styles } from "./styles.js";

/** Everything of the outside that commands use, so that a test can run one without a process. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  /** 0 to 1, 1 excluded: only for spreading repeats over time. */
  readonly random: () => number;
  /** Results. */
  out(text: string): void;
  /** A result that may be longer than the screen; absent where nobody looks at one: then `out` takes it. */
  readonly page?: (text: string) => Promise<void>;
  /** Progress and failures. */
  readonly err: ProgressStream;
  readonly styles: Styles;
  /** Of what goes to `out`; absent: none, as in a pipe. */
  readonly outStyles?: Styles;
  /** Of the terminal that `out` goes to; absent in a pipe, where lines are not wrapped. */
  readonly columns?: number;
  /** Asks whoever sits at the terminal; absent where nobody does. */
  readonly ask?: (question: string) => Promise<string>;
  /** Aborted by Ctrl-C and SIGTERM, with `Interrupted` as its reason. */
  readonly signal: AbortSignal;
}

/** A result that may be long: through the pager on a terminal, else straight out. */
export async function tell(text: string, io: Pick<Io, "out" | "page">): Promise<void> {
  if (io.page) await io.page(text);
  else io.out(text);
}

/** The real outside. `release` takes the signal handlers away again. */
export function processIo(): Io & { release(): void } {
  const controller = new AbortController();
  // Every request that waits listens to it; they take their listeners away themselves.
  setMaxListeners(0, controller.signal);
  // The first signal stops at the next checkpoint, the second at once.
  let isPaging = false;
  const stop = () => {
    // Ctrl-C goes to the pager too, and there it means something else.
    if (isPaging) return;
    if (controller.signal.aborted) process.exit(ExitCode.interrupted);
    controller.abort(new Interrupted());
  };
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of names) process.on(name, stop);
  // A reader that went away (`| head`) is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(ExitCode.done);
  });
  // Whoever does not want to know how it comes on may still want the files.
  process.stderr.on("error", () => undefined);
  const page = async (text: string) => {
    isPaging = true;
    const { showPaged } = await import("./pager.js");
    await showPaged(text, process.stdout, process.env).finally(() => (isPaging = false));
  };
  return {
    env: process.env,
    cwd: process.cwd(),
    clock: systemClock,
    random: Math.random,
    out: (text) => void process.stdout.write(text),
    err: process.stderr,
    styles: process.stderr.isTTY ? stylesFor(process.stderr) : NO_STYLES,
    ...(process.stdout.isTTY ? { outStyles: stylesFor(process.stdout), columns: process.stdout.columns || 80, page } : {}),
    ...(process.stdin.isTTY && process.stderr.isTTY ? { ask: (question: string) => askOnTerminal(question, controller.signal) } : {}),
    signal: controller.signal,
    release: () => {
      for (const name of names) process.off(name, stop);
    },
  };
}

/** Questions go to standard error: standard output carries results. */
async function askOnTerminal(question: string, signal: AbortSignal): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // The interface takes Ctrl-C for itself; it is the same signal as ever.
  terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    return await terminal.question(question, { signal });
  } finally {
    terminal.close();
  }
}
