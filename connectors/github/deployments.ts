import type { ScopePlan, Source, SourceContext } from "../../src/contract/connector.js";
import type { Gap, Page } from "../../src/contract/page.js";
import { isWithin, MICROS_PER_DAY, MICROS_PER_SECOND, type EpochMicros, type Span } from "../../src/kit/instant.js";
import { sighting } from "./accounts.js";
import { connect, type GithubClient } from "./client.js";
import { webBase, type GithubConfig } from "./config.js";
import type { DeploymentPlace } from "./deployment-evidence.js";
import { createdAt, listDeployments, readDeployment, type ListedDeployments, type ReadDeployment } from "./deployment-list.js";
import { gapOf, malformedGap, ssoGap } from "./gaps.js";
import { fitsAny } from "../../src/kit/glob.js";
import type { DeploymentRecord } from "./records.js";
import { changeLookBack, changeSpan, repositoryScopes } from "./repository.js";

const SOURCE = "deployments";
/** A deployment may wait for an approval or a slow rollout before it goes live. */
const SLACK = MICROS_PER_DAY;
/** 20,000 deployments: what is older than those is given up, and said. */
const MOST_PAGES = 200;
/** Pages without anything new after which a walk is given up. */
const MOST_IDLE = 20;
/** How many pages older than all spans are read for the last success of each environment. */
const MOST_OLDER_PAGES = 2;

/**
 * Deployments with their statuses, newest first: GitHub lists them without a filter of time. Always among them: the last
 * that succeeded before the window, for each environment that is not a passing one.
 */
export const deployments: Source<GithubConfig> = {
  id: SOURCE,
  calls: "GET /repos/{owner}/{repo}/deployments",
  categories: ["change"],
  plan: (context) => {
    const scopes = repositoryScopes(context, [changeSpan(context), changeLookBack(context)]);
    return Promise.resolve({ scopes: scopes.map((scope) => ({ ...scope, lastDeployment: true })) });
  },
  collect,
};

interface Walk {
  readonly client: GithubClient;
  readonly place: DeploymentPlace;
  readonly environments: readonly string[];
  readonly span: Span;
  /** A success before this instant is what ran when the window began; null: this walk does not look for it. */
  readonly lastBefore: EpochMicros | null;
  readonly seen: Set<string>;
  /** Environments that were seen, and whether what ran in them before the window is known. */
  readonly settled: Map<string, boolean>;
}

async function* collect(scope: ScopePlan, span: Span, context: SourceContext<GithubConfig>): AsyncIterable<Page> {
  const walk = await beginWalk(scope, span, context);
  let until = span.until;
  let older = 0;
  let idle = 0;
  for (let number = 1; number <= MOST_PAGES && idle < MOST_IDLE; number += 1) {
    context.signal.throwIfAborted();
    const list = await listDeployments(walk.client, scope.scope, number, walk.seen);
    const page = await pageOf(walk, list);
    const oldest = Math.min(...list.records.map(createdAt));
    const isPast = oldest < span.from - SLACK;
    older += isPast ? 1 : 0;
    const done = list.isLast || (isPast && (isSettled(walk) || older > MOST_OLDER_PAGES));
    // The last second stays open until what ran before the window is known, so that a killed build looks for it again.
    const from = done ? span.from : Math.min(until, Math.max(span.from + MICROS_PER_SECOND, oldest + MICROS_PER_SECOND + SLACK));
    yield { ...page, covered: from < until ? [{ source: SOURCE, scope: scope.scope, span: { from, until } }] : [] };
    if (done) return;
    until = from;
    idle = list.records.length === 0 ? idle + 1 : 0;
  }
  yield { gaps: [unreached(scope, { from: span.from, until })] };
}

async function beginWalk(scope: ScopePlan, span: Span, context: SourceContext<GithubConfig>): Promise<Walk> {
  const earliest = Math.min(...scope.wanted.map((wanted) => wanted.from));
  return {
    client: await connect(context),
    place: { source: SOURCE, scope: scope.scope, web: webBase(context.config) },
    environments: context.config.environments,
    span,
    lastBefore: span.from <= earliest ? context.window.spans.change.from : null,
    seen: new Set(),
    settled: new Map(),
  };
}

async function pageOf(walk: Walk, list: ListedDeployments): Promise<Page> {
  const named = list.records.filter(({ environment }) => walk.environments.length === 0 || fitsAny(walk.environments, environment));
  const inside = named.filter((record) => createdAt(record) >= walk.span.from - SLACK && createdAt(record) < walk.span.until);
  const read = new Map<DeploymentRecord, ReadDeployment>();
  const details = await Promise.all(inside.map((record) => readDeployment(walk.client, record, walk.place)));
  inside.forEach((record, index) => read.set(record, details[index]!));
  await lookForLast(walk, named, read);
  const found = [...read.values()];
  const where = { source: SOURCE, scope: walk.place.scope, span: walk.span };
  return {
    evidence: found.map(({ evidence }) => evidence),
    discovered: [...read.keys()].flatMap((record) => sighting(SOURCE, walk.place.scope, createdAt(record), record.creator, null)),
    gaps: [
      ...malformedGap(
        where,
        "Deployments",
        list.broken.filter(({ near }) => isWithin(near, walk.span)).map(({ problem }) => problem),
      ),
      ...malformedGap(
        where,
        "Statuses of deployments",
        found.flatMap(({ problems }) => problems),
      ),
      ...gapOf(where, "not found", found.filter(({ missing }) => missing).length, "Statuses of deployments that GitHub did not show"),
      ...ssoGap(where, list.answer),
    ],
  };
}

/**
 * Newest first, one by one, what is outside the span is read only until the last success of its environment is known. The
 * part of the look-back that an earlier walk covered is looked at as well: what is found must not depend on where that
 * one stopped.
 */
async function lookForLast(walk: Walk, named: readonly DeploymentRecord[], read: Map<DeploymentRecord, ReadDeployment>): Promise<void> {
  const { lastBefore, settled } = walk;
  if (lastBefore === null) return;
  for (const record of named) {
    if (record.transient_environment === true || settled.get(record.environment) === true || createdAt(record) >= lastBefore) continue;
    const found = read.get(record) ?? (await readDeployment(walk.client, record, walk.place));
    read.set(record, found);
    settled.set(record.environment, found.liveAt !== null && found.liveAt < lastBefore);
  }
}

function isSettled(walk: Walk): boolean {
  return [...walk.settled.values()].every((known) => known);
}

function unreached(scope: ScopePlan, span: Span): Gap {
  return {
    source: SOURCE,
    scope: scope.scope,
    span,
    reason: "truncated",
    count: null,
    detail: "GitHub lists deployments newest first, and the walk did not reach these",
    hint: "Name fewer environments, or build for a window that is nearer.",
  };
}
