import type { DiscoveredScope, Gap, Page, Reference } from "../../src/contract/page.js";
import { fromSlackTs, MICROS_PER_SECOND, toIso, type EpochMicros, type Span } from "../../src/kit/instant.js";
import type { ListedChannel } from "./choose-channels.js";
import { distinct, type Account } from "./directory.js";
import { actorOf, botName, isBroadcast, parentOf, threadScope, toEvidence, type View } from "./evidence.js";
import { housekeepingKind } from "./kinds.js";
import { MessageRecord } from "./records.js";

/** What a page of messages is read with. */
export interface Reading {
  readonly view: Omit<View, "names">;
  readonly listed: ReadonlyMap<string, ListedChannel>;
  readonly groups: ReadonlyMap<string, string>;
  /** Our own user: what we attached ourselves is no evidence. null: a person's token, whose words are. */
  readonly own: string | null;
  /** null: not known. */
  readonly accounts: ReadonlyMap<string, Account> | null;
  /** Up to when a thread of unknown length may go on. */
  readonly until: EpochMicros;
}

export interface ReadMessages {
  readonly page: Page & { readonly evidence: NonNullable<Page["evidence"]> };
  /** Records that could not be read. */
  readonly malformed: number;
  /** Withheld by the workspace's key management. */
  readonly withheld: number;
  /** In the order of the page. */
  readonly instants: readonly EpochMicros[];
}

/** The messages of one page as evidence, with the accounts and channels they name and the threads they belong to. */
export function readMessages(records: readonly unknown[], reading: Reading): ReadMessages {
  const parsed = records.flatMap((raw) => MessageRecord.safeParse(raw).data ?? []);
  const messages = parsed.filter((message) => !isOwn(message, reading));
  const mentioned = new Set<string>();
  const view: View = { ...reading.view, names: namesOf(reading, mentioned) };
  const evidence = messages.map((message) => toEvidence(message, view));
  return {
    page: {
      evidence,
      references: [...accountsIn(messages, reading), ...channelsIn(mentioned, reading)],
      discovered: threadsIn(parsed, reading),
    },
    malformed: records.length - parsed.length,
    withheld: messages.filter((message) => housekeepingKind(message.subtype) === "slack.message.withheld").length,
    instants: parsed.map((message) => instantOf(message.ts)),
  };
}

/** What could not be read in a page, as gaps of the span that it covers. */
export function pageGaps(read: ReadMessages, source: string, scope: string, span: Span): Gap[] {
  const gaps: Gap[] = [];
  if (read.malformed > 0) {
    const detail = `${counted(read.malformed, "message")} without a readable time`;
    gaps.push({ source, scope, span, reason: "malformed", count: read.malformed, detail, hint: null });
  }
  if (read.withheld > 0) {
    const detail = `${counted(read.withheld, "message")} withheld by the workspace's key management`;
    gaps.push({
      source,
      scope,
      span,
      reason: "forbidden",
      count: read.withheld,
      detail,
      hint: "Ask an administrator of the workspace for access.",
    });
  }
  return gaps;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function namesOf(reading: Reading, mentioned: Set<string>): View["names"] {
  return {
    channel: (id) => {
      mentioned.add(id);
      return reading.listed.get(id)?.name ?? null;
    },
    group: (id) => reading.groups.get(id) ?? null,
  };
}

/** A summary or file of ours. That we were invited is the channel's housekeeping. */
function isOwn({ user, subtype }: MessageRecord, { own }: Reading): boolean {
  return own !== null && user === own && housekeepingKind(subtype) === null;
}

/** Programs by the name in the message, and people whom the workspace's list does not have (guests of another one). */
function accountsIn(messages: readonly MessageRecord[], reading: Reading): Reference[] {
  const found = new Map<string, Reference>();
  for (const message of messages) {
    const actor = actorOf(message);
    if (!actor || reading.accounts?.has(actor.id) === true) continue;
    const isBot = actor.kind === "bot";
    if (!isBot && reading.accounts === null) continue;
    const profile = message.user_profile;
    const names = isBot ? distinct([botName(message)]) : distinct([profile?.display_name, profile?.real_name, profile?.first_name]);
    const kind = isBot ? "bot" : names.length > 0 ? "person" : "unknown";
    const known = found.get(actor.id);
    if (known?.type === "account" && known.names.length >= names.length) continue;
    found.set(actor.id, { type: "account", id: actor.id, kind, handle: isBot ? null : (profile?.name ?? null), names, emails: [] });
  }
  return [...found.values()];
}

function channelsIn(mentioned: ReadonlySet<string>, reading: Reading): Reference[] {
  return [...mentioned].flatMap((id): Reference[] => {
    const channel = reading.listed.get(id);
    return channel ? [{ type: "channel", id, name: `#${channel.name}`, visibility: channel.isPrivate ? "private" : "public" }] : [];
  });
}

/** Each thread that a page tells of: by its parent, or by a reply that was also sent to the channel. */
function threadsIn(messages: readonly MessageRecord[], reading: Reading): DiscoveredScope[] {
  const found = new Map<string, DiscoveredScope>();
  for (const message of messages) {
    const threadTs = message.thread_ts ?? message.ts;
    const isParent = parentOf(message) === null;
    if (isParent ? message.latest_reply === undefined : !isBroadcast(message)) continue;
    const scope = threadScope(reading.view.channel.id, threadTs);
    const span = { from: instantOf(threadTs), until: lastOf(message, isParent, reading) };
    const known = found.get(scope);
    if (known && known.span.until >= span.until) continue;
    found.set(scope, {
      source: "threads",
      scope,
      name: threadName(reading.view.channel.name, threadTs),
      span,
      visibility: reading.view.channel.visibility,
      data: { channel: reading.view.channel.id, threadTs },
    });
  }
  return [...found.values()];
}

/** A broadcast may be followed by replies that only its parent counts, and the parent may be out of reach. */
function lastOf(message: MessageRecord, isParent: boolean, reading: Reading): EpochMicros {
  const latest = isParent ? message.latest_reply : message.root?.latest_reply;
  const said = instantOf(message.ts);
  return latest === undefined ? Math.max(said, reading.until - 1) : Math.max(said, instantOf(latest));
}

function threadName(channel: string, threadTs: string): string {
  return `${channel}, thread of ${toIso(instantOf(threadTs), MICROS_PER_SECOND).replace("T", " ").replace("Z", " UTC")}`;
}

/** Checked by the record's schema. */
function instantOf(ts: string): EpochMicros {
  return fromSlackTs(ts) ?? 0;
}
