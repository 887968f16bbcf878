import type { EpochMicros, Span } from "../kit/instant.js";
import type { SourceContext } from "./connector.js";
import type { MilestoneName } from "./draft.js";
import type { Format } from "./export.js";
import type { RichText } from "./rich-text.js";

/**
 * Who can read a place. `organisation`: whoever may read public evidence. `members`: these, and beside public evidence
 * they may see what is private to these scopes of this connector. `everyone`: people outside; a sanitised summary only.
 */
export type Readers = { readonly who: "everyone" | "organisation" } | { readonly who: "members"; readonly scopes: readonly string[] };

/** What a destination may know of an incident to tell its places: nothing of what was collected. */
export interface AboutIncident {
  readonly id: string;
  /** Keys of the places that told of it, as in their reports: "slack:C024BE91L", "github:acme/shop#12". */
  readonly keys: readonly string[];
  /** From its start to its end or now. */
  readonly span: Span;
}

/** One place for one incident, named by the config. */
export interface Place {
  /** Stable within the connector: "message/C024BE91L", "comment/acme/shop#12", "folder/reports", "hook/statuspage". */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly readers: Readers;
  readonly takes: "summary" | "file" | "both";
  /** Of the files that it takes; left out: the document that the owner edits. */
  readonly formats?: readonly Format[];
  /** The place in which this one stands (a file in the thread of a message): it is attached first. */
  readonly within?: string;
  /** `content`: brought up to date whenever something changed. `stage`: only at the first, at resolution and a day after. */
  readonly renewed: "content" | "stage";
}

/** How far an incident is: `final` is a while after its resolution. */
export type Stage = "open" | "resolved" | "final";

/** One line of a summary, times in UTC. */
export interface SummaryEntry {
  readonly at: number;
  readonly precisionMicros: number;
  readonly text: RichText;
  readonly url: string | null;
}

/** What a place shows of an incident, computed from evidence that its readers may see. */
export interface Summary {
  readonly incident: string;
  /** null: it may not be told there. */
  readonly title: string | null;
  readonly stage: Stage;
  /** One sentence each, ours. */
  readonly status: readonly string[];
  readonly milestones: readonly {
    readonly name: MilestoneName;
    readonly label: string;
    readonly at: number | null;
    readonly state: string;
  }[];
  /** Those put forward, in order of time. A place that cannot hold all says "x of y shown". */
  readonly highlights: readonly SummaryEntry[];
  /** How complete it is: one line for each source with a gap, ours. */
  readonly coverage: readonly string[];
  /** What these readers may not see, counted; null: nothing. */
  readonly leftOut: string | null;
  /** Person key to role, for `highlights`. */
  readonly roles: Readonly<Record<string, string>>;
}

export interface AttachedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

/** What is attached. The same evidence gives the same hash; it has no time of a build in it. */
export interface Attachment {
  /** Found again by it: it stands hidden in what is attached, and is the same for every build of the incident. */
  readonly marker: string;
  /** sha-256 over what the place takes of everything below. */
  readonly hash: string;
  readonly summary: Summary;
  /** For places that take files; several formats for a folder. */
  readonly files: readonly AttachedFile[];
}

/** What the vendor calls what we made: enough to change it. */
export type Remote = Readonly<Record<string, string>>;

export interface AttachContext<Config> extends Pick<SourceContext<Config>, "config" | "signal"> {
  /**
   * Repeats only what was refused for its rate: a request whose fate is unknown fails, and is looked up before it is sent
   * again.
   */
  readonly fetch: SourceContext<Config>["fetch"];
  readonly about: AboutIncident;
  /** When this attaching began: never part of what is attached. */
  readonly now: EpochMicros;
  /** Folder of the config file: paths of the section are relative to it. */
  readonly folder: string;
  /** Of the place that this one stands in; null: it stands alone. */
  readonly within: Remote | null;
}

/** Where a connector can attach. It decides nothing: `src/attach` calls in the order that makes doubles impossible. */
export interface Destination<Config> {
  /** Where the section lets it write, one line each, for people; none: nowhere. */
  attaches?(config: Config): readonly string[];
  /** The places that the section names for this incident; none: it writes nowhere. Nothing is asked. */
  places(config: Config, about: AboutIncident): readonly Place[];
  /** Who can really read it, where only the vendor knows (a channel's or repository's visibility); absent: as the place says. */
  readers?(place: Place, context: AttachContext<Config>): Promise<Readers>;
  /** What we attached earlier, by marker and by having written it ourselves. null: there is nothing of ours. */
  find(place: Place, marker: string, context: AttachContext<Config>): Promise<Remote | null>;
  /** Makes it, in one act that either shows or does not. Called only right after `find` saw nothing. */
  create(place: Place, attachment: Attachment, context: AttachContext<Config>): Promise<Remote>;
  /** Replaces what it shows. `null`: it is no longer there. Doing it twice does no harm. */
  update(place: Place, remote: Remote, attachment: Attachment, context: AttachContext<Config>): Promise<Remote | null>;
  /** What would be sent, as the place would show it, for `--dry-run`. */
  preview(place: Place, attachment: Attachment): string;
}
