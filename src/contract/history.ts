/** What builds of one incident hand on. It enters after the draft: `file = g(draft, history)`. */
export interface History {
  /** Person key to role as it was printed ("responder B"). Newcomers get the next letter. */
  readonly roles: Readonly<Record<string, string>>;
  /** Entries of the last build: id to the evidence it had, so that an entry keeps its id. */
  readonly entries: Readonly<Record<string, readonly string[]>>;
}

export const EMPTY_HISTORY: History = { roles: {}, entries: {} };
