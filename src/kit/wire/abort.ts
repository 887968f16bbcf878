/**
 * Runs `task` with a signal that is aborted when one of `signals` is, or after `timeoutMs`. Listeners and timer are
 * gone when it ends: the signals live as long as the process, and `AbortSignal.any` would pile up on them.
 *
 * @throws the reason of the aborted signal at once, even when `task` does not notice.
 */
export async function abortable<T>(
  signals: readonly AbortSignal[],
  timeoutMs: number | null,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const onAbort = (event: Event) => controller.abort((event.target as AbortSignal).reason);
  for (const signal of signals) signal.throwIfAborted();
  for (const signal of signals) signal.addEventListener("abort", onAbort);
  const timer = timeoutMs === null ? undefined : setTimeout(() => controller.abort(new TimedOut()), timeoutMs);
  const aborted = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason), { once: true });
  });
  try {
    return await Promise.race([task(controller.signal), aborted]);
  } finally {
    clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener("abort", onAbort);
  }
}

/** A request as a whole took too long. */
class TimedOut extends Error {
  override readonly name = "TimedOut";
  readonly code = "REQUEST_TIMEOUT";
  constructor() {
    super("the request took too long");
  }
}
