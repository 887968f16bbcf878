/** How an entry stands in the owner's file: on the timeline, or as a checkbox under "not on the timeline yet". */
export type EntryForm = "timeline" | "box";

/** What the merge has to know of an entry that a unit shows. */
export interface EntryOfUnit {
  readonly id: string;
  readonly form: EntryForm;
  /** Where in the text a flag such as "new" goes: behind the time. */
  readonly flagAt: number;
  /** Generated words around what the entry says: its milestone before, where it can be read behind. */
  readonly lead: string;
  readonly tail: string;
  /** `11:20:05`, UTC: entries that owners added by hand are compared with it. */
  readonly clock: string;
  /** Where it can be read. */
  readonly urls: readonly string[];
  readonly evidence: readonly string[];
  /** By what it is found again in a later build beside its id: minted ids of its other evidence, `<series>@<onset>`. */
  readonly known: readonly string[];
}

/**
 * A piece of generated Markdown that an owner can change on its own: an entry, a heading, a row of a table, a line.
 * The file is all of them in their order; the merge compares unit by unit.
 */
export interface GeneratedUnit {
  /** What it is about, the same in every build: `e:<entry id>`, `milestones/impactStart`. Unique in the file. */
  readonly key: string;
  /** Key of the heading of the section it belongs to; its own for the heading itself. */
  readonly section: string;
  /** One line or more, without a line end behind it. Only an entry has more than one paragraph. */
  readonly text: string;
  /** Line ends between the unit before it and this one: 1, or 2 for an empty line between them. */
  readonly gap: 1 | 2;
  readonly entry?: EntryOfUnit;
  /** Words of ours that tell of no evidence, for the owner to answer or to keep. */
  readonly prompt?: true;
  /** About this build and no other: a file that differs in such units only is not written. */
  readonly stamp?: true;
}
