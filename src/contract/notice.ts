import type { EpochMicros } from "../kit/instant.js";
import type { SourceContext } from "./connector.js";
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

/** How a connector tells of incidents. */
export interface Notice<Config> {
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
