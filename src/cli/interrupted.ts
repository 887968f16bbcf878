/** Ours when Ctrl-C or a signal aborted the work. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  constructor() {
    super("interrupted");
  }
}
