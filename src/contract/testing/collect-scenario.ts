import type { Connector, SourceContext } from "../connector.js";
import type { Evidence, JsonValue } from "../evidence.js";
import type { Covered, DiscoveredScope, Gap, Page, Reference, SeriesChunk } from "../page.js";
import { CATEGORIES, type Window } from "../window.js";
import { SourceError } from "../../kit/errors.js";
import { fromIso, MICROS_PER_DAY, overlaps, type EpochMicros, type Span } from "../../kit/instant.js";
import { replay, type Exchange } from "./replay.js";

/** A connector against recorded exchanges: what it is configured with, what is answered, what must come out. */
export interface Scenario {
  readonly name: string;
  /** The section as it runs: secrets are `Secret`s already. */
  readonly config: unknown;
  readonly window: Window;
  readonly now: EpochMicros;
  readonly exchanges: readonly Exchange[];
}

export interface CollectedScenario {
  readonly evidence: readonly Evidence[];
  readonly series: readonly SeriesChunk[];
  readonly references: readonly Reference[];
  readonly gaps: readonly Gap[];
  readonly covered: readonly Covered[];
  readonly discovered: readonly DiscoveredScope[];
  /** Every span that a source was asked for. */
  readonly walks: readonly { readonly source: string; readonly scope: string; readonly span: Span }[];
  readonly unused: readonly Exchange[];
  readonly requests: number;
}

/** The same span for every category, as `--from` and `--until` make it. */
export function windowOf(from: string, until: string, options: { start?: string; end?: string; lookBackDays?: number } = {}): Window {
  const span: Span = { from: at(from), until: at(until) };
  return {
    incidentStart: at(options.start ?? from),
    incidentEnd: at(options.end ?? until),
    ...span,
    spans: Object.fromEntries(CATEGORIES.map((category) => [category, span])) as Window["spans"],
    baselines: [],
    changeLookBack: { from: span.from - (options.lookBackDays ?? 7) * MICROS_PER_DAY, until: span.from },
  };
}

/** Runs every source of a connector over a scenario, as `src/collect` would on an empty store, without cutting or masking. */
export async function collectScenario(connector: Connector<never>, scenario: Scenario): Promise<CollectedScenario> {
  const recorded = replay(scenario.exchanges);
  const pages: Page[] = [];
  const found: DiscoveredScope[] = [];
  const walks: { source: string; scope: string; span: Span }[] = [];
  const memory = new Map<string, JsonValue>();
  const base = {
    config: scenario.config as never,
    window: scenario.window,
    now: scenario.now,
    fetch: recorded.fetch,
    signal: new AbortController().signal,
  };
  const identity = await connector.identify(base);
  const context: SourceContext<never> = {
    ...base,
    identity,
    recall: async (key, options, load) => {
      if (options.force === true || !memory.has(key)) memory.set(key, await load());
      return memory.get(key)!;
    },
    discovered: async (source, span) =>
      found
        .filter((scope) => scope.source === source && overlaps({ from: scope.span.from, until: scope.span.until + 1 }, span))
        .sort((a, b) => (a.scope < b.scope ? -1 : 1)),
  };
  for (const source of connector.sources) {
    const plan = await source.plan(context);
    pages.push({ gaps: plan.gaps ?? [], references: plan.references ?? [], discovered: plan.discovered ?? [] });
    found.push(...(plan.discovered ?? []));
    for (const scope of plan.scopes) {
      for (const wanted of scope.wanted) {
        walks.push({ source: source.id, scope: scope.scope, span: wanted });
        try {
          for await (const page of source.collect(scope, wanted, context)) {
            pages.push(page);
            found.push(...(page.discovered ?? []));
          }
        } catch (error) {
          if (!(error instanceof SourceError)) throw error;
          pages.push({
            gaps: [
              {
                source: source.id,
                scope: scope.scope,
                span: wanted,
                reason: error.reason,
                count: null,
                detail: error.message,
                hint: error.hint ?? null,
              },
            ],
          });
        }
      }
    }
  }
  return {
    evidence: pages.flatMap((page) => page.evidence ?? []),
    series: pages.flatMap((page) => page.series ?? []),
    references: pages.flatMap((page) => page.references ?? []),
    gaps: pages.flatMap((page) => page.gaps ?? []),
    covered: pages.flatMap((page) => page.covered ?? []),
    discovered: found,
    walks,
    unused: recorded.unused(),
    requests: recorded.requests.length,
  };
}

function at(iso: string): EpochMicros {
  const instant = fromIso(iso);
  if (instant === null) throw new Error(`no instant: ${iso}`);
  return instant;
}
