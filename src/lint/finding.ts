import type { Sentence } from "./sentences.js";

/** A place in the text: lines and columns count from 1, columns in UTF-16 units; the end is behind the last character. */
export interface TextSpan {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Finding extends TextSpan {
  readonly rule: string;
  /** The words that were found, on one line. */
  readonly text: string;
  /** Why it is in the way of learning, in one line. */
  readonly explanation: string;
  /** A neutral way to say it, or what to say instead. */
  readonly rewrite: string;
}

/** What a rule found in one sentence: indexes of its first and its last word. */
export interface Hit {
  readonly first: number;
  readonly last: number;
  /** In place of the rule's own, where the words call for another one. */
  readonly rewrite?: string;
}

/** What is said about a rule, in findings, in help and in GitHub's annotations. */
export interface RuleFacts {
  readonly id: string;
  readonly explanation: string;
  readonly rewrite: string;
}

export interface SentenceRule extends RuleFacts {
  find(sentence: Sentence): readonly Hit[];
}
