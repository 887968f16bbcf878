/** What the process ends with; the table is in the README. */
export const ExitCode = {
  done: 0,
  checkFailed: 1,
  usage: 2,
  noSource: 3,
  unsafeWrite: 4,
  attachFailed: 5,
  bug: 70,
  interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

interface FailureOptions {
  /** Stable, such as CONFIG_INVALID: `timeline help ID` explains it. One of the table in `src/cli/failures.ts`. */
  id?: string;
  /** What the person changes to make it work, as a sentence. */
  hint?: string;
  cause?: unknown;
}

/** An expected failure: printed as what, where and what to do, without a stack. Carries no token, text or full URL. */
export class Failure extends Error {
  override readonly name: string = "Failure";
  readonly hint: string | undefined;
  readonly id: string | undefined;
  constructor(
    message: string,
    readonly exitCode: ExitCode,
    options: FailureOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
    this.id = options.id;
  }
}

/** Wrong arguments or config. `problems` are all of them at once, each with its place. */
export class UsageError extends Failure {
  override readonly name = "UsageError";
  readonly problems: readonly string[];
  constructor(message: string, options: FailureOptions & { problems?: readonly string[] } = {}) {
    super(message, ExitCode.usage, options);
    this.problems = options.problems ?? [];
  }
}

/** The store, an output or the owner's file cannot be written safely. */
export class UnsafeWriteError extends Failure {
  override readonly name = "UnsafeWriteError";
  constructor(message: string, options: FailureOptions = {}) {
    super(message, ExitCode.unsafeWrite, options);
  }
}

export type SourceAction = "stop" | "retry" | "skip";

export interface SourceErrorOptions extends FailureOptions {
  connector: string;
  /**
   * `stop`: nothing more can be read from this connector (refused credentials). `retry`: an outage that outlasted all
   * tries; this scope is given up, others go on. `skip`: this scope cannot be read (forbidden, not found).
   */
  action: SourceAction;
  /** Becomes the reason of the gap. */
  reason: GapReason;
}

/** What a source would not or could not show. Policy reads the fields, never the message. */
export class SourceError extends Error {
  override readonly name = "SourceError";
  readonly connector: string;
  readonly action: SourceAction;
  readonly reason: GapReason;
  readonly id: string | undefined;
  readonly hint: string | undefined;
  constructor(message: string, options: SourceErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.connector = options.connector;
    this.action = options.action;
    this.reason = options.reason;
    this.id = options.id;
    this.hint = options.hint;
  }
}

/** Why something is not on the timeline. One vocabulary from the wire to the ledger. */
export const GAP_REASONS = [
  "forbidden",
  "not found",
  "truncated",
  "rate limited",
  "malformed",
  "expired",
  "unavailable",
  "not in channel",
  "not asked",
  "purged",
] as const;
export type GapReason = (typeof GAP_REASONS)[number];
