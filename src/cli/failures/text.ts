/** What a failure is called for good, what it means, and what to do about it. Ids are never renamed: people search for them. */
export interface FailureText {
  readonly what: string;
  readonly todo: string;
}

export type FailureTable = Readonly<Record<string, FailureText>>;
