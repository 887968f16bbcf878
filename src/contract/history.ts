import type { EpochMicros, Span } from "../kit/instant.js";
import type { CoverageLine } from "./draft.js";
import type { Narrowing } from "./selection.js";
import type { Owner, ScopeKey } from "./store.js";
import type { ChosenStyle } from "./template.js";
import type { Window } from "./window.js";

/** One scope as a build sees it: inside these spans and nowhere else, whatever the store holds. */
export interface SeenScope extends ScopeKey {
  readonly name: string;
  /** What was wanted for the window and as context, ascending. */
  readonly spans: readonly Span[];
  /** And the last deployment that went well before them. */
  readonly lastDeployment: boolean;
}

/** One entry as the build after is compared with it. */
export interface EntryMark {
  /** 12 hex digits over the evidence that it was made of: it differs when a source says something else. */
  readonly hash: string;
  readonly deleted?: true;
  readonly highlighted?: true;
}

/** What a build asked for and found, so that its draft can be made again from the store, without config or network. */
export interface RememberedBuild {
  /** When the last build ran that changed anything else here. */
  readonly at: EpochMicros;
  readonly version: string;
  readonly window: Window;
  /** `window.until` was cut to when the build ran. */
  readonly openUntil: boolean;
  /** What it saw of the store: a draft sees no other scope. */
  readonly scopes: readonly SeenScope[];
  readonly owners: readonly Owner[];
  readonly coverage: readonly CoverageLine[];
  /** Where the file that the owner edits stands; absent in stores of earlier versions. */
  readonly ownersFile?: string;
  /** Of the config it ran on. */
  readonly fingerprint: string;
  /** How many entries it was told to put forward at the most; absent when it was left to the draft. */
  readonly highlights?: number;
  /** Absent when it was not narrowed. */
  readonly narrowing?: Narrowing;
  /** Of the Markdown; absent where nothing was chosen. */
  readonly style?: ChosenStyle;
  /** Absent when nothing is known of it. */
  readonly reported?: ReportedAt;
  /** Each entry by its id; absent in stores of earlier versions. */
  readonly marks?: Readonly<Record<string, EntryMark>>;
  readonly counts: { readonly entries: number; readonly highlighted: number; readonly gaps: number };
}

/** Where people work on an incident, as a link or a file told of it. */
export interface ReportedAt {
  /** Without query and fragment: the same link names the same incident, whatever was corrected since. */
  readonly url: string | null;
  /** In the organisation's words. */
  readonly severity: string | null;
}

/** A build as the one after it is compared with it. */
export type BuildBefore = Pick<RememberedBuild, "at" | "version" | "window" | "coverage"> & Required<Pick<RememberedBuild, "marks">>;

/** What builds of one incident hand on. It enters after the draft: `file = g(draft, history)`. */
export interface History {
  /** What the last build asked for; absent in stores of earlier versions. No merge looks at it. */
  readonly build?: RememberedBuild;
  /** The last build that differs from `build`: absent at the first, and when that kept nothing to compare with. */
  readonly before?: BuildBefore;
  /** Person key to role as it was printed ("responder B"). Newcomers get the next letter. */
  readonly roles: Readonly<Record<string, string>>;
  /** Entries of the last build: id to the evidence it had, so that an entry keeps its id. */
  readonly entries: Readonly<Record<string, readonly string[]>>;
}

export const EMPTY_HISTORY: History = { roles: {}, entries: {} };
