import type { EpochMicros } from "../kit/instant.js";
import type { SourceContext } from "./connector.js";
import type { Visibility } from "./evidence.js";
import type { Selection } from "./selection.js";

/** An incident as a place where people work tells of it: a channel, a message, an issue. */
export interface NoticedIncident {
  /** One line, perhaps in people's words. */
  readonly title: string;
  /** What ids and files are called by: never free text, in which people may be named. */
  readonly name: string;
  /** The best that the place knows of when it began: usually a little late. */
  readonly start: EpochMicros;
  /** What `start` is, in words: "the channel was created". */
  readonly startMeans: string;
  /** When the place says that it was over; null: it does not, or it is open. */
  readonly end: EpochMicros | null;
  /** What it says of itself, in which a better time may be named. */
  readonly text: string;
  /** What is read for it in any case: its own channel. */
  readonly also: Selection;
}

export type NoticeContext<Config> = Pick<SourceContext<Config>, "config" | "fetch" | "signal">;

/** How a connector reads links that people give. */
export interface LinkReader<Config> {
  /** Links that it can read, for people: "a link to a Slack channel or message". */
  readonly reads: string;
  /** Whether a link leads to one of the hosts of this section. Judged by the link alone: nothing is asked. */
  owns(link: URL, config: Config): boolean;
  /**
   * What the place behind a link says of the incident. It asks the hosts of the section, never the link itself.
   * @throws {SourceError} when it cannot be read, or is no such place.
   */
  resolveIncident(link: URL, context: NoticeContext<Config>): Promise<NoticedIncident>;
}

/** Kinds of marks by which two places may be known to tell of the same incident. */
export const MARK_KINDS = ["place", "url", "id"] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** What a notice asks for. It is a wish: only what the config allows becomes of it. */
export interface NoticeWishes {
  /** Services of the config; none: everything that the config names. */
  readonly services: readonly string[];
  /** Lists to be narrowed to, as {@link Selection}: channels, repositories. */
  readonly only: Selection;
  /** Ids of destinations, as the connectors name them; null: those that the config names for every incident. */
  readonly destinations: readonly string[] | null;
}

/** An incident as one place tells of it now. Told again and again, corrected as the place corrects it. */
export interface NoticeReport extends Omit<NoticedIncident, "startMeans" | "text"> {
  /** Stable for this place: "slack:C024BE91L", "github:acme/shop#12", "datadog:incident/<id>". */
  readonly key: string;
  /** What the organisation calls it, where the place is made for that (a file's `id`): it names the incident as it stands. */
  readonly id?: string;
  /** In the organisation's words; null: it does not say. */
  readonly severity: string | null;
  /** Where people read of it: http or https, else null. */
  readonly url: string | null;
  /** Who may read the place: what comes from a private one is private like any evidence. */
  readonly visibility: Visibility;
  readonly wishes: NoticeWishes;
  /**
   * By what it may be known as the same incident as another place's: its own key, keys of places that it names itself
   * (a Datadog incident names its Slack channel), `id:<the organisation's own id>`, `url:<link>`. Never guessed.
   */
  readonly marks: readonly string[];
  /** It tells of something that began before and does not say when: the start that was told stays; alone it is no incident. */
  readonly startIsUnknown?: true;
}

/** Something that stood there to be noticed and could not be used: a file half written, a service not in the config. */
export interface NoticeProblem {
  /** Where, for people: a file's name, an issue. Never free text of a source. */
  readonly place: string;
  readonly text: string;
}

/** What one look found. */
export interface Look {
  /** Every incident that the place tells of since `since`, open or over, each once. */
  readonly reports: readonly NoticeReport[];
  readonly problems: readonly NoticeProblem[];
}

export interface LookContext<Config> extends NoticeContext<Config> {
  /** Folder of the config file: paths of the section are relative to it. */
  readonly folder: string;
  readonly now: EpochMicros;
  /** Incidents that were over before are of no interest. */
  readonly since: EpochMicros;
}

/** How a connector is asked, every minute or so, which incidents there are. */
export interface Looker<Config> {
  /** What the section wants to be looked at, one line each, for people; none: it is not asked. */
  watches(config: Config): readonly string[];
  /** As few calls as the vendor allows. @throws {SourceError} when it cannot be asked; the next look asks again. */
  look(context: LookContext<Config>): Promise<Look>;
}

/** A request to our endpoint as it came in. */
export interface ReceivedRequest {
  /** What stands behind `/notices/`. */
  readonly name: string;
  /** In lower case; of a name that came twice, the first. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What became of it. `delivery` is told once only: a second request with it is a replay, whatever it says. */
export type Received =
  | { readonly kind: "accepted"; readonly delivery: string; readonly reports: readonly NoticeReport[] }
  | { readonly kind: "refused"; readonly status: 400 | 401 | 404 | 413; readonly reason: string };

/** How a connector reads requests that others send us. Pure: the signature is judged before anything is parsed. */
export interface Receiver<Config> {
  /** Names behind `/notices/` that the section opens; none: no port is opened for it. */
  opens(config: Config): readonly string[];
  receive(request: ReceivedRequest, context: { readonly config: Config; readonly now: EpochMicros }): Received;
}

/** How a connector tells of incidents: any of the three. */
export interface Notice<Config> {
  readonly links?: LinkReader<Config>;
  readonly looker?: Looker<Config>;
  readonly receiver?: Receiver<Config>;
}
