import type { ScopePlan, Source, SourceContext } from "../../src/contract/connector.js";
import type { Evidence } from "../../src/contract/evidence.js";
import type { Covered, DiscoveredScope, Gap, Page } from "../../src/contract/page.js";
import { fromIso, MICROS_PER_SECOND, type EpochMicros, type Span } from "../../src/kit/instant.js";
import { sighting } from "./accounts.js";
import { connect, type GithubClient } from "./client.js";
import type { GithubConfig } from "./config.js";
import { gapOf, malformedGap, ssoGap } from "./gaps.js";
import { pullEvidence } from "./pull-evidence.js";
import { PAGE_SIZE } from "./paging.js";
import { searchMerged, sliceOf, type SearchPage, type Slice } from "./pull-search.js";
import { problemOf, PullRecord } from "./records.js";
import { changeLookBack, changeSpan, repositoryScopes } from "./repository.js";

const SOURCE = "pulls";
/** Slices are made for this many, so that few of them have to be made smaller again. */
const COMFORTABLE = 70;
const MOST_SLICES = 24;

/** Pull requests by the time of their merge, whatever their number: each slice of time fits into one answer. */
export const pulls: Source<GithubConfig> = {
  id: SOURCE,
  calls: "GraphQL search",
  categories: ["change"],
  plan: (context) => Promise.resolve({ scopes: repositoryScopes(context, [changeSpan(context), changeLookBack(context)]) }),
  collect,
};

/** The search ends at 1,000 and says nothing of the rest, so that a slice with more than a page is cut smaller instead. */
async function* collect(scope: ScopePlan, span: Span, context: SourceContext<GithubConfig>): AsyncIterable<Page> {
  const client = await connect(context);
  let repository = scope.scope;
  const pending: Slice[] = [sliceOf(span)];
  for (let slice = pending.pop(); slice; slice = pending.pop()) {
    context.signal.throwIfAborted();
    const page = await searchMerged(client, repository, slice, null);
    if (page.repository.name.toLowerCase() !== repository.toLowerCase()) {
      // Renamed: the repository answers to its old name, the search does not.
      repository = page.repository.name;
      pending.push(slice);
    } else if (!isWhole(page) && slice.last > slice.first) pending.push(...cut(slice, page.count));
    else if (page.next === null) yield pageOf(scope, span, [page], slice);
    else yield await crowdedSecond(client, scope, span, page, slice);
  }
}

function isWhole(page: SearchPage): boolean {
  return page.next === null && page.count <= PAGE_SIZE;
}

/** Parts of equal length, oldest first, so that the newest is taken next. */
function cut({ first, last }: Slice, count: number): Slice[] {
  const length = last - first + 1;
  const parts = Math.min(length, MOST_SLICES, Math.max(2, Math.ceil(count / COMFORTABLE)));
  const start = (part: number) => first + Math.floor((part * length) / parts);
  return Array.from({ length: parts }, (_, part) => ({ first: start(part), last: start(part + 1) - 1 }));
}

/** More than a page in one second cannot be cut smaller: by cursor, as far as GitHub goes. */
async function crowdedSecond(client: GithubClient, scope: ScopePlan, span: Span, first: SearchPage, slice: Slice): Promise<Page> {
  const pages = [first];
  const seen = new Set<string>();
  for (let { next } = first; next !== null && !seen.has(next);) {
    seen.add(next);
    const page = await searchMerged(client, first.repository.name, slice, next);
    pages.push(page);
    next = page.next;
  }
  return pageOf(scope, span, pages, slice);
}

function pageOf(scope: ScopePlan, span: Span, pages: readonly SearchPage[], slice: Slice): Page {
  const { repository } = pages[0]!;
  const place = { source: SOURCE, scope: scope.scope, repository: repository.name, defaultBranch: repository.defaultBranch };
  const evidence = new Map<string, Evidence>();
  const discovered: DiscoveredScope[] = [];
  const problems: string[] = [];
  const nodes = pages.flatMap((page) => page.nodes);
  for (const node of nodes) {
    if (node === null) continue;
    const record = PullRecord.safeParse(node);
    const mergedAt = record.success ? fromIso(record.data.mergedAt) : null;
    if (!record.success || mergedAt === null) {
      problems.push(record.success ? "mergedAt" : problemOf(record.error));
      continue;
    }
    const each = pullEvidence(record.data, place);
    evidence.set(each.id, each);
    discovered.push(...authorsOf(record.data, repository.name, mergedAt));
  }
  const asked = within(slice, span);
  const where = { source: SOURCE, scope: scope.scope, span: asked };
  return {
    evidence: [...evidence.values()],
    references: [{ type: "repository", id: repository.name, name: repository.name, visibility: "public" }],
    discovered,
    gaps: [...malformedGap(where, "Pull requests", problems), ...hidden(where, pages, nodes), ...ssoGap(where, pages[0]!.answer)],
    covered: [{ source: SOURCE, scope: scope.scope, span: asked } satisfies Covered],
  };
}

function authorsOf(pull: PullRecord, repository: string, at: EpochMicros): DiscoveredScope[] {
  return [
    ...sighting(SOURCE, repository, at, pull.author, pull.headRefOid ?? null),
    ...sighting(SOURCE, repository, at, pull.mergedBy, null),
  ];
}

/** What the search counts and does not show: past its end, or withheld. */
function hidden(where: Omit<Gap, "reason" | "count" | "detail" | "hint">, pages: readonly SearchPage[], nodes: readonly unknown[]): Gap[] {
  const withheld = nodes.filter((node) => node === null).length;
  const missing = Math.max(...pages.map((page) => page.count)) - nodes.length;
  return [
    ...gapOf(where, "forbidden", withheld, "Pull requests that GitHub counts and does not show to this token"),
    ...gapOf(where, "truncated", Math.max(0, missing), "Pull requests that GitHub counts and does not list"),
  ];
}

/** The part of the asked span that a slice of whole seconds stands for. */
function within(slice: Slice, span: Span): Span {
  return {
    from: Math.max(span.from, slice.first * MICROS_PER_SECOND),
    until: Math.min(span.until, (slice.last + 1) * MICROS_PER_SECOND),
  };
}
