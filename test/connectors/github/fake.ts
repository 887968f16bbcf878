import type { SourceContext } from "../../../src/contract/connector.js";
import type { JsonValue } from "../../../src/contract/evidence.js";
import type { DiscoveredScope, Page } from "../../../src/contract/page.js";
import type { Source, WantedSpan } from "../../../src/contract/connector.js";
import type { GithubConfig } from "../../../connectors/github/config.js";
import { fromIso, MICROS_PER_SECOND, overlaps, type Span } from "../../../src/kit/instant.js";
import { windowOf } from "../../../src/contract/testing/collect-scenario.js";
import { config } from "./scenarios.js";

type Handler = (path: string, params: URLSearchParams, body: { variables: { q: string; after: string | null } }) => unknown;

export interface Bench {
  readonly context: SourceContext<GithubConfig>;
  readonly requests: string[];
  readonly found: DiscoveredScope[];
  readonly memory: Map<string, JsonValue>;
}

/** A context whose requests are answered by a function. A `Response` is handed on, all else is its JSON. */
export function bench(handler: Handler, options: { from?: string; until?: string; lookBackDays?: number; config?: object } = {}): Bench {
  const requests: string[] = [];
  const found: DiscoveredScope[] = [];
  const memory = new Map<string, JsonValue>();
  const context: SourceContext<GithubConfig> = {
    config: { ...config, repos: ["acme/shop"], ...options.config },
    identity: { tenant: "api.github.com", data: {} },
    window: windowOf(options.from ?? "2026-03-04T10:00:00Z", options.until ?? "2026-03-04T14:00:00Z", {
      lookBackDays: options.lookBackDays ?? 1,
    }),
    now: fromIso("2026-03-05T00:00:00Z")!,
    signal: new AbortController().signal,
    fetch: async (input, init) => {
      const url = new URL(String(input));
      requests.push(`${init?.method ?? "GET"} ${url.pathname}${url.search}`);
      const body = typeof init?.body === "string" ? (JSON.parse(init.body) as never) : ({ variables: { q: "", after: null } } as never);
      const answer = handler(url.pathname, url.searchParams, body);
      return answer instanceof Response ? answer : Response.json(answer);
    },
    recall: async (key, { force }, load) => {
      if (force === true || !memory.has(key)) memory.set(key, await load());
      return memory.get(key)!;
    },
    discovered: async (source, span) =>
      [...new Map(found.map((each) => [each.scope, each])).values()]
        .filter((each) => each.source === source && overlaps({ from: each.span.from, until: each.span.until + 1 }, span))
        .sort((a, b) => (a.scope < b.scope ? -1 : 1)),
  };
  return { context, requests, found, memory };
}

/** All pages of one scope and span, or the first `most` of them: a build that was killed then. */
export async function walk(
  source: Source<GithubConfig>,
  { context, found }: Bench,
  span: Span,
  most = Number.POSITIVE_INFINITY,
): Promise<Page[]> {
  const wanted: WantedSpan[] = (await source.plan(context)).scopes[0]?.wanted.slice() ?? [];
  const pages: Page[] = [];
  for await (const page of source.collect({ scope: "acme/shop", name: "acme/shop", wanted }, span, context)) {
    pages.push(page);
    found.push(...(page.discovered ?? []));
    if (pages.length >= most) break;
  }
  return pages;
}

export const idsOf = (pages: readonly Page[]) => pages.flatMap((page) => page.evidence ?? []).map((evidence) => evidence.id);
export const gapsOf = (pages: readonly Page[]) => pages.flatMap((page) => page.gaps ?? []);
export const coveredOf = (pages: readonly Page[]) => pages.flatMap((page) => page.covered ?? []).map(({ span }) => span);

export function secondsOf(range: string): { first: number; last: number } {
  const [first, last] = range.split("..").map((text) => fromIso(text)! / MICROS_PER_SECOND);
  return { first: first!, last: last! };
}

/** Spans put together; with a hole they stay apart. */
export function union(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && span.from <= last.until) joined[joined.length - 1] = { from: last.from, until: Math.max(last.until, span.until) };
    else joined.push(span);
  }
  return joined;
}
