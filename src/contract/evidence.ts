import type { EpochMicros } from "../kit/instant.js";
import type { RichText } from "./rich-text.js";

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** Every time the source gave, with what it means. None is invented and none dropped. */
export interface ObservedTime {
  /** "posted", "merged", "started" ...: declared in the connector's kinds. */
  readonly meaning: string;
  /** null: the source names this time and does not say when, or says it unreadably. */
  readonly at: EpochMicros | null;
  /** 1 for Slack, 1,000,000 for GitHub, the step for a metric. */
  readonly precisionMicros: number;
  /** Exactly as the source wrote it. */
  readonly sourceText: string;
}

/**
 * `public`: whoever is in the workspace or organisation may read it without being invited.
 * `private`: members only (a private channel); marked in every export.
 */
export type Visibility = "public" | "private";

/** Who acted, as an account of one connector. Several accounts can be one person: that is decided in normalize. */
export interface AccountRef {
  readonly connector: string;
  /** Slack user or bot id, GitHub login in lower case, Datadog handle. */
  readonly id: string;
  readonly kind: "person" | "bot" | "unknown";
}

export type RefType = "sha" | "pull" | "run" | "deployment" | "message" | "thread" | "monitor" | "tag" | "url";

/**
 * What linking joins on. The ids mean the same in every connector: `sha` hex in lower case (7 to 40 digits),
 * `pull` owner/repo#number, `run` owner/repo/id, `deployment` owner/repo/id, all in lower case; `thread` and `message`
 * are evidence ids; `tag` is key:value (`service:checkout`).
 */
export interface Ref {
  readonly type: RefType;
  readonly id: string;
  /**
   * `is`: this evidence is that thing. `of`: it belongs to it (a run of a commit, a reply of a thread).
   * `mentions`: its text names it. `reverts`: it undoes it.
   */
  readonly relation: "is" | "of" | "mentions" | "reverts";
}

/** Facts in words that every connector shares, so that no step needs to know the vendor. Absent means not said. */
export interface Signals {
  /** Housekeeping of the source itself: joins, topic changes, removed-message stubs. */
  readonly routine?: true;
  /** How a run, deployment or job ended. */
  readonly outcome?: "success" | "failure" | "cancelled" | "other";
  /** It puts a change into use: a deployment, a run of a deploy workflow, a deploy event. */
  readonly deploys?: true;
  readonly severity?: "critical" | "warning" | "info" | "ok";
  /** A monitor changed its state. */
  readonly transition?: "triggered" | "warned" | "recovered" | "no data" | "renotified";
  readonly pinned?: true;
  /** How many people marked it: reactions, not counting their kinds. */
  readonly reactions?: number;
  /** It was written by a program. */
  readonly automated?: true;
  /** The vendor itself says that it was deleted. */
  readonly deletedAtSource?: true;
  /** It was changed after it was first said. */
  readonly edited?: true;
  /** The incident's own channel by its name or by config. */
  readonly incidentChannel?: true;
}

/** What a source said, as collected, secrets masked. */
export interface Evidence {
  /** The scheme of the README: `slack:<channel>:<ts>`, `github-pr:<owner>/<repo>#<number>` ... */
  readonly id: string;
  readonly connector: string;
  readonly source: string;
  /** The scope of the source in which it was read: a channel, a repository, an event query. */
  readonly scope: string;
  /** `<system>.<thing>.<what happened>`: a key of the connector's kinds. */
  readonly kind: string;
  readonly times: readonly ObservedTime[];
  readonly actor: AccountRef | null;
  /** One line of plain text: a pull request's title, a monitor's name. Empty when the body says it all. */
  readonly title: string;
  readonly body: RichText;
  /** Where a reader sees it: http or https, else null. */
  readonly url: string | null;
  readonly refs: readonly Ref[];
  readonly visibility: Visibility;
  readonly signals: Signals;
  /** The remote fields we use, and enough to derive the rest again. Nothing volatile (reply counts, view times). */
  readonly payload: JsonObject;
}
