import type { EpochMicros } from "../kit/instant.js";
import type { KindRule } from "./connector.js";
import type { Ref, Signals, Visibility } from "./evidence.js";
import type { RichText } from "./rich-text.js";
import type { StoredEvidence } from "./store.js";

/** One placed fact: evidence of the same happening, joined (a broadcast and its reply, an alert seen twice). */
export interface Item {
  /** The smallest evidence id. */
  readonly id: string;
  readonly at: EpochMicros;
  readonly atMeans: string;
  readonly precisionMicros: number;
  /** The raw text of the time that placed it. */
  readonly sourceText: string;
  readonly endedAt: EpochMicros | null;
  readonly kind: string;
  readonly rule: KindRule;
  /** Evidence it was made of, by id. */
  readonly evidence: readonly StoredEvidence[];
  /** Key of a person, else null: nobody, or a program. */
  readonly person: string | null;
  /** The name of the program that wrote it. */
  readonly program: string | null;
  readonly title: RichText;
  readonly body: RichText;
  /** Name of the channel, repository or query. */
  readonly scopeName: string;
  readonly refs: readonly Ref[];
  /** The change it is part of: the smallest evidence id of the change, else null. */
  readonly change: string | null;
  /** Changes that its text names. */
  readonly mentions: readonly string[];
  /** The thread or message it answers. */
  readonly thread: string | null;
  readonly visibility: Visibility;
  readonly signals: Signals;
  readonly deleted: boolean;
  /** `window`: an entry. `context`: outside it, and an entry only when something links it to the incident. */
  readonly placement: "window" | "context";
}

/** One human being, as far as config, e-mail addresses and explicit links tell. */
export interface Person {
  /** Stable: the smallest of its account keys `<connector>:<id>`. Never exported. */
  readonly key: string;
  readonly accounts: readonly string[];
  /** In the order of the first thing they did. */
  readonly firstSeen: EpochMicros | null;
  /** What the role is made from: "responder", "author". A letter is added in the merge. */
  readonly function: string;
}

export interface Change {
  /** The smallest evidence id of its members. */
  readonly id: string;
  readonly items: readonly string[];
  readonly title: RichText;
  /** Evidence ids that undo it. */
  readonly revertedBy: readonly string[];
}

export interface Normalized {
  /** In total order. */
  readonly items: readonly Item[];
  readonly changes: readonly Change[];
  readonly people: readonly Person[];
  /** Counts of what was not placed, by reason, for the ledger. */
  readonly unplaced: readonly { readonly scope: string; readonly reason: string; readonly count: number }[];
  /** Clock offsets between sources that the evidence suggests; flagged, never applied. */
  readonly suspectedSkew: readonly { readonly scope: string; readonly micros: number; readonly why: string }[];
}
