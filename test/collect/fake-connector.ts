import { z } from "zod";
import { defineConnector, type Connector, type ScopePlan, type Source, type WantedSpan } from "../../src/contract/connector.js";
import type { Evidence } from "../../src/contract/evidence.js";
import type { Page } from "../../src/contract/page.js";
import type { Span } from "../../src/kit/instant.js";
import { isWithin } from "../../src/kit/instant.js";

/** A source of our own making: what it holds can be changed, what it was asked is kept. */
export interface FakeSource {
  readonly id: string;
  readonly after?: readonly string[];
  /** By scope. */
  readonly records: Map<string, Evidence[]>;
  wanted: readonly WantedSpan[];
  pageSize: number;
  /** Called before each page; may throw what a connector throws. */
  beforePage(scope: string, page: number): void;
  /** Added to each page. */
  extra: Page;
  /** Each page that was asked: scope and span still to go. */
  readonly asked: { scope: string; span: Span }[];
  plans: number;
  planGaps: Page["gaps"];
}

export function fakeSource(
  id: string,
  scopes: Record<string, Evidence[]>,
  wanted: readonly WantedSpan[],
  after?: readonly string[],
): FakeSource {
  return {
    id,
    ...(after ? { after } : {}),
    records: new Map(Object.entries(scopes)),
    wanted,
    pageSize: 2,
    beforePage: () => {},
    extra: {},
    asked: [],
    plans: 0,
    planGaps: [],
  };
}

export function fakeConnector(id: string, sources: readonly FakeSource[], identify: () => void = () => {}): Connector<never> {
  return defineConnector<never>({
    id,
    name: id,
    config: { schema: z.object({}), isVendorHost: () => true, baseUrls: () => [] },
    kinds: { "chat.message.posted": { placedBy: ["posted"], category: "conversation", says: "{body}" } },
    wire: { concurrency: 1, bucketOf: () => "all", perMinute: () => null, judge: () => null },
    identify: async () => {
      identify();
      return { tenant: "T1", data: {} };
    },
    sources: sources.map(sourceOf),
  });
}

function sourceOf(fake: FakeSource): Source<never> {
  return {
    id: fake.id,
    categories: ["conversation"],
    ...(fake.after ? { after: fake.after } : {}),
    plan: async () => {
      fake.plans++;
      const scopes = [...fake.records.keys()].map((scope): ScopePlan => ({ scope, name: `#${scope}`, wanted: fake.wanted }));
      return { scopes, gaps: fake.planGaps ?? [] };
    },
    async *collect({ scope }, span) {
      const inside = (fake.records.get(scope) ?? []).filter((each) => isWithin(timeOf(each), span)).sort((a, b) => timeOf(b) - timeOf(a));
      let until = span.until;
      for (let page = 0; until > span.from; page++) {
        fake.asked.push({ scope, span: { from: span.from, until } });
        fake.beforePage(scope, page);
        const evidence = inside.slice(page * fake.pageSize, (page + 1) * fake.pageSize);
        const last = evidence.length < fake.pageSize || (page + 1) * fake.pageSize >= inside.length;
        const from = last ? span.from : timeOf(evidence.at(-1)!);
        yield { ...fake.extra, evidence, covered: [{ source: fake.id, scope, span: { from, until } }] };
        until = from;
      }
    },
  };
}

function timeOf(evidence: Evidence): number {
  return evidence.times[0]!.at ?? 0;
}
