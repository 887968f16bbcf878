import type { SourceContext } from "../../src/contract/connector.js";
import type { Reference } from "../../src/contract/page.js";
import { SourceError } from "../../src/kit/errors.js";
import type { EpochMicros } from "../../src/kit/instant.js";
import { compareText } from "../../src/kit/text.js";
import type { SlackConfig } from "./config.js";
import { once } from "./memo.js";
import { listAll } from "./pages.js";
import { GroupRecord, UserRecord } from "./records.js";

export type Account = Extract<Reference, { type: "account" }>;
type Context = SourceContext<SlackConfig>;

/** Slackbot says of itself that it is no bot. */
const SLACKBOT = "USLACKBOT";

/**
 * The workspace's accounts by id, people who left included: their names stand in old messages.
 * Source: users.list. @throws {SourceError}
 */
export function accountsOf(context: Context): Promise<ReadonlyMap<string, Account>> {
  return once(context.identity, "users", async () => {
    const answer = await context.recall("users", { freshSince: freshSince(context) }, async () => {
      const members = await listAll("users.list", "members", { limit: 500 }, context);
      return members.flatMap(toAccount).sort((a, b) => compareText(a.id, b.id));
    });
    return new Map((answer as unknown as Account[]).map((account) => [account.id, account]));
  });
}

/** The same; null where the list cannot be had, which the source `accounts` says. @throws {SourceError} `stop` */
export async function accountsOrNone(context: Context): Promise<ReadonlyMap<string, Account> | null> {
  return accountsOf(context).catch((error: unknown) => {
    if (error instanceof SourceError && error.action !== "stop") return null;
    throw error;
  });
}

/** Handles of user groups by id; empty where the app may not know them: a mention then shows the id. */
export function groupsOf(context: Context): Promise<ReadonlyMap<string, string>> {
  return once(context.identity, "usergroups", async () => {
    const answer = await context.recall("usergroups", { freshSince: freshSince(context) }, async () => {
      return (await loadGroups(context)).flatMap(toHandle);
    });
    return new Map(answer as unknown as [string, string][]);
  });
}

/** A list as of the end of the window is good for it for ever. */
export function freshSince(context: Context): EpochMicros {
  return Math.min(context.window.until, context.now);
}

/** A refusal (no `usergroups:read`) is an answer, and remembered as such; an outage is not. */
async function loadGroups(context: Context): Promise<unknown[]> {
  return listAll("usergroups.list", "usergroups", { include_disabled: true }, context).catch((error: unknown) => {
    if (error instanceof SourceError && error.action === "skip") return [];
    throw error;
  });
}

function toHandle(raw: unknown): [string, string][] {
  const group = GroupRecord.safeParse(raw);
  return group.success ? [[group.data.id, group.data.handle]] : [];
}

function toAccount(raw: unknown): Account[] {
  const parsed = UserRecord.safeParse(raw);
  if (!parsed.success) return [];
  const { id, name, real_name, is_bot, profile } = parsed.data;
  const whole = [profile?.first_name, profile?.last_name].filter((part) => part !== undefined && part !== "").join(" ");
  const names = distinct([profile?.display_name, profile?.real_name, real_name, whole]);
  return [
    {
      type: "account",
      id,
      kind: is_bot === true || id === SLACKBOT ? "bot" : name === undefined && names.length === 0 ? "unknown" : "person",
      handle: name ?? null,
      names,
      emails: distinct([profile?.email?.toLowerCase()]),
    },
  ];
}

/** In order, without blanks and repetitions. */
export function distinct(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.map((text) => text?.trim() ?? "").filter((text) => text !== ""))];
}
