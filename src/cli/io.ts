import type { Styles } from "./styles.js";

/** Everything of the outside that commands use, so that a test can run one without a process. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Results. */
  out(text: string): void;
  /** Progress and failures. */
  readonly err: NodeJS.WriteStream;
  readonly styles: Styles;
  /** Aborted by Ctrl-C and SIGTERM, with `Interrupted` as its reason. */
  readonly signal: AbortSignal;
}
