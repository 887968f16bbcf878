import { z } from "zod";
import type { Source, SourceContext } from "../../src/contract/connector.js";
import type { JsonValue } from "../../src/contract/evidence.js";
import type { DiscoveredScope, Reference } from "../../src/contract/page.js";
import { SourceError } from "../../src/kit/errors.js";
import { MICROS_PER_DAY, type EpochMicros, type Span } from "../../src/kit/instant.js";
import { connect, type GithubClient } from "./client.js";
import type { GithubConfig } from "./config.js";
import { accountOf } from "./observed.js";
import { CommitRecord } from "./records.js";
import { changeLookBack, changeSpan, ownerAndRepo } from "./repository.js";

const SOURCE = "accounts";
/** The price of knowing who is who: one request for each author, and no more than this many. */
const MOST_ASKED = 50;
const REMEMBERED_DAYS = 30;
/** Addresses that GitHub makes up for people who hide theirs, and those of machines. */
const NO_REPLY = /no-?reply/i;

const Sighting = z.object({
  login: z.string(),
  kind: z.enum(["person", "bot", "unknown"]),
  handle: z.string(),
  name: z.string().nullable(),
  repository: z.string(),
  sha: z.string().nullable(),
});
type Sighting = z.output<typeof Sighting>;

/**
 * Who the logins are: names they gave, and the e-mail address of a commit of theirs, which joins them to accounts of
 * other systems. References alone, no evidence: each answer is remembered, so there is no scope to collect. It is read
 * after all others, in one order, so that what is known of an account does not depend on which repository came first.
 */
export const accounts: Source<GithubConfig> = {
  id: SOURCE,
  calls: "GET /repos/{owner}/{repo}/commits/{ref}",
  categories: [],
  after: ["pulls", "runs", "reruns", "deployments"],
  plan: async (context) => ({ scopes: [], references: await referencesOf(context) }),
  // oxlint-disable-next-line require-yield
  async *collect() {},
};

/**
 * That an account did something in a repository; `sha` is a commit that it is likely to have written. The store keeps it
 * until `accounts` is read.
 */
export function sighting(
  source: string,
  repository: string,
  at: EpochMicros,
  account: (Parameters<typeof accountOf>[0] & { readonly name?: string | null | undefined }) | null | undefined,
  sha: string | null,
): DiscoveredScope[] {
  const ref = accountOf(account);
  if (!account || !ref) return [];
  const data: Sighting = {
    login: ref.id,
    kind: ref.kind,
    handle: account.login,
    name: account.name ?? null,
    repository,
    sha: ref.kind === "person" ? sha : null,
  };
  const scope = `${ref.id} ${sha === null ? "seen" : "wrote"} ${source} ${repository}`.toLowerCase();
  return [{ source: SOURCE, scope, name: "", span: { from: at, until: at }, visibility: "public", data }];
}

async function referencesOf(context: SourceContext<GithubConfig>): Promise<Reference[]> {
  const seen = (await context.discovered(SOURCE, wholeSpan(context))).flatMap(({ data }) => Sighting.safeParse(data).data ?? []);
  const groups = [...byLogin(seen)];
  const asked = groups.flatMap(([, sightings]) => sightings.find((each) => each.sha !== null) ?? []).slice(0, MOST_ASKED);
  const emails = new Map(await Promise.all(asked.map(async (each) => [each.login, await emailOf(each, context)] as const)));
  return groups.map(([login, sightings]) => referenceOf(login, sightings, emails.get(login) ?? null));
}

function byLogin(seen: readonly Sighting[]): Map<string, Sighting[]> {
  const groups = new Map<string, Sighting[]>();
  for (const each of seen) groups.set(each.login, [...(groups.get(each.login) ?? []), each]);
  return groups;
}

function referenceOf(id: string, sightings: readonly Sighting[], email: string | null): Reference {
  const { kind, handle } = sightings[0]!;
  const names = [...new Set(sightings.flatMap(({ name }) => (name === null || name.trim() === "" ? [] : [name.trim()])))];
  return { type: "account", id, kind, handle, names, emails: email === null ? [] : [email] };
}

/**
 * Only where GitHub itself says that the commit is this account's. Asked once, also when there is no answer: what was
 * answered after the window, or not long ago, stands, so that a rebuild makes no call.
 */
async function emailOf(seen: Sighting, context: SourceContext<GithubConfig>): Promise<string | null> {
  const freshSince = Math.min(context.window.until, context.now - REMEMBERED_DAYS * MICROS_PER_DAY);
  const found = await context.recall(`email ${seen.login}`, { freshSince }, async () => askEmail(await connect(context), seen));
  return typeof found === "string" ? found : null;
}

async function askEmail(client: GithubClient, { login, repository, sha }: Sighting): Promise<JsonValue> {
  try {
    const answer = await client.get("/repos/{owner}/{repo}/commits/{ref}", { ...ownerAndRepo(repository), ref: sha ?? "" });
    const record = CommitRecord.safeParse(answer.data);
    const email = record.data?.commit.author?.email?.trim().toLowerCase() ?? "";
    const isTheirs = accountOf(record.data?.author)?.id === login;
    return isTheirs && email.includes("@") && !NO_REPLY.test(email) ? email : null;
  } catch (error) {
    // A commit that is gone, or contents that may not be read, cost the address and nothing else.
    if (error instanceof SourceError && error.action === "skip") return null;
    throw error;
  }
}

function wholeSpan(context: SourceContext<GithubConfig>): Span {
  const { from, until } = changeSpan(context);
  return { from: Math.min(from, changeLookBack(context).from), until };
}
