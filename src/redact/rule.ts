/** One kind of secret. Patterns are linear: bounded repeats, or one greedy class that starts behind a prefix. */
export interface Rule {
  /** As it reads in its place: `[masked: slack token]`. */
  readonly kind: string;
  /** In lower case: the pattern is tried only on text that has one of these. */
  readonly gates: readonly string[];
  /** Global. The group `secret` is what is masked, and ends the match; without one it is the whole match. */
  readonly pattern: RegExp;
  /** How many characters of the secret to mask; 0: it is none. `next` is the character behind it. */
  readonly keep?: (secret: string, next: string) => number;
}

/** Where a secret stands: UTF-16 offsets, `end` is out. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}
