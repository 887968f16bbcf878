/** How an export stands to what the store holds now. Ids of evidence, or of the entries of the owner's file, in order. */
export interface Comparison {
  readonly matching: number;
  /** The source says something else by now, or the draft that is made of it. */
  readonly changed: readonly string[];
  readonly deletedAtSource: readonly string[];
  readonly notInStore: readonly string[];
  /** Changed or deleted by the owner in the file: no mismatch. */
  readonly editedByOwner: readonly string[];
  /** What was done to the file as a whole, in words: a mismatch as well. */
  readonly remarks: readonly string[];
}

export function mismatches({ changed, deletedAtSource, notInStore, remarks }: Comparison): number {
  return changed.length + deletedAtSource.length + notInStore.length + remarks.length;
}
