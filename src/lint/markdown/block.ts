/** A run of prose that belongs together: a paragraph, the text of a list item, a heading, a cell. */
export interface Block {
  /** Offset of `prose` in the whole text; both have the same length, so that places map one to one. */
  readonly start: number;
  /** The source with everything that is no prose blanked out, or replaced by `OPAQUE` where it stands for a thing. */
  readonly prose: string;
}

/** One thing to do, in a section of action items. */
export interface ActionItem {
  readonly start: number;
  readonly end: number;
  /** What is to be done; of a table the first column. */
  readonly action: string;
  /** `null`: there is no column for it, look in `text`. */
  readonly doneWhen: string | null;
  readonly owner: string | null;
  /** Everything that is said about it. */
  readonly text: string;
}

export interface Reading {
  readonly blocks: readonly Block[];
  readonly actions: readonly ActionItem[];
}

/** Stands for a quotation or code: a thing in the sentence whose words are not ours. */
export const OPAQUE = "\uFFFC";
