import { expect, it } from "vitest";
import type { Connector } from "../../src/contract/connector.js";
import { canonicalJson } from "../../src/kit/hash.js";
import { isPlaceable, type Span } from "../../src/kit/instant.js";
import { collectScenario, type Collected, type Scenario } from "./scenario.js";

export interface ExpectedScenario extends Scenario {
  readonly expect: {
    readonly evidenceIds: readonly string[];
    readonly gaps: readonly { readonly scope: string; readonly reason: string }[];
  };
}

/** What every source of every connector keeps, whatever the vendor: one suite over all of them. */
export function connectorContract(connector: Connector<never>, scenarios: readonly ExpectedScenario[]): void {
  for (const scenario of scenarios) {
    it(`${scenario.name}: yields the expected evidence and gaps, and uses every exchange`, async () => {
      const run = await collectScenario(connector, scenario);
      expect([...new Set(run.evidence.map((each) => each.id))].sort()).toEqual([...new Set(scenario.expect.evidenceIds)].sort());
      expect(run.gaps.map(({ scope, reason }) => `${scope} ${reason}`).sort()).toEqual(
        scenario.expect.gaps.map(({ scope, reason }) => `${scope} ${reason}`).sort(),
      );
      expect(run.unused).toEqual([]);
    });

    it(`${scenario.name}: gives the same bytes on another day`, async () => {
      const first = await collectScenario(connector, scenario);
      const later = await collectScenario(connector, { ...scenario, now: scenario.now + 40 * 86_400_000_000 });
      expect(canonicalJson(later.evidence)).toBe(canonicalJson(first.evidence));
      expect(canonicalJson(later.series)).toBe(canonicalJson(first.series));
    });

    it(`${scenario.name}: says records as the contract wants them`, async () => {
      const run = await collectScenario(connector, scenario);
      for (const evidence of run.evidence) expect(problemsOf(evidence, connector), evidence.id).toEqual([]);
      expect(contradictions(run)).toEqual([]);
    });

    it(`${scenario.name}: covers what it walked to the end`, async () => {
      const run = await collectScenario(connector, scenario);
      for (const walk of run.walks.filter(
        (each) =>
          !run.gaps.some(
            (gap) => gap.source === each.source && gap.scope === each.scope && (gap.reason !== "malformed" || gap.count === null),
          ),
      )) {
        const covered = run.covered.filter((each) => each.source === walk.source && each.scope === walk.scope).map((each) => each.span);
        expect(coversWhole(covered, walk.span), `${walk.source} ${walk.scope}`).toBe(true);
      }
      expect(run.walks.length).toBeGreaterThan(0);
    });

    it(`${scenario.name}: lets no credential out`, async () => {
      const run = await collectScenario(connector, scenario);
      const secrets = secretsOf(scenario.config);
      expect(secrets.length).toBeGreaterThan(0);
      for (const secret of secrets) expect(JSON.stringify(run)).not.toContain(secret);
    });
  }

  it("has recordings with several pages, a broken record, sub-second times where the vendor has them, and an offset other than Z", async () => {
    const runs = await Promise.all(scenarios.map((scenario) => collectScenario(connector, scenario)));
    const times = runs.flatMap((run) => run.evidence).flatMap((evidence) => evidence.times);
    expect(runs.flatMap((run) => run.gaps).some((gap) => gap.reason === "malformed")).toBe(true);
    expect(scenarios.some((scenario) => pagesOf(scenario) >= 2)).toBe(true);
    const finest = Math.min(...times.map((time) => time.precisionMicros));
    if (finest < 1_000_000) expect(times.some((time) => time.at !== null && time.at % 1_000_000 !== 0)).toBe(true);
    const iso = times.filter((time) => /^\d{4}-/.test(time.sourceText));
    if (iso.length > 0) expect(iso.some((time) => /[+-]\d\d:?\d\d$/.test(time.sourceText))).toBe(true);
  });
}

type Evidence = Collected["evidence"][number];

function problemsOf(evidence: Evidence, connector: Connector<never>): string[] {
  const problems: string[] = [];
  const rule = connector.kinds[evidence.kind];
  if (!rule) return [`kind ${evidence.kind} is not declared`];
  if (evidence.connector !== connector.id) problems.push(`connector is ${evidence.connector}`);
  if (!evidence.kind.startsWith(`${connector.id}.`)) problems.push(`kind ${evidence.kind} does not begin with the connector`);
  if (!connector.sources.some((source) => source.id === evidence.source)) problems.push(`no source ${evidence.source}`);
  if (!evidence.times.some((time) => rule.placedBy.includes(time.meaning))) problems.push(`no time of ${rule.placedBy.join(", ")}`);
  if (evidence.times.some((time) => time.at !== null && !isPlaceable(time.at))) problems.push("a time that cannot be placed is not null");
  if (evidence.title.includes("\n")) problems.push("the title has several lines");
  if (evidence.url !== null && !/^https?:\/\//.test(evidence.url)) problems.push("the url is no http(s)");
  for (const ref of evidence.refs) {
    if (["sha", "pull", "run", "deployment"].includes(ref.type) && ref.id !== ref.id.toLowerCase())
      problems.push(`ref ${ref.id} is not lower case`);
    if (ref.type === "sha" && !/^[0-9a-f]{7,64}$/.test(ref.id)) problems.push(`ref ${ref.id} is no sha`);
  }
  return problems;
}

/** The same id read twice (two pages, two sources) must say the same, or a rebuild would make versions of nothing. */
function contradictions(run: Collected): string[] {
  const seen = new Map<string, string>();
  return run.evidence.flatMap((evidence) => {
    const { source: _source, scope: _scope, ...content } = evidence;
    const text = canonicalJson(content);
    const before = seen.get(evidence.id) ?? text;
    seen.set(evidence.id, before);
    return before === text ? [] : [evidence.id];
  });
}

function pagesOf(scenario: Scenario): number {
  const counts = new Map<string, number>();
  for (const exchange of scenario.exchanges) counts.set(exchange.path, (counts.get(exchange.path) ?? 0) + 1);
  return Math.max(...counts.values());
}

function secretsOf(config: unknown): string[] {
  if (config === null || typeof config !== "object") return [];
  return Object.values(config).flatMap((value: unknown) =>
    value !== null && typeof value === "object" && "reveal" in value ? [(value as { reveal(): string }).reveal()] : secretsOf(value),
  );
}

/** Whether spans reach over the whole of `whole` with nothing between them. */
function coversWhole(spans: readonly Span[], whole: Span): boolean {
  let reached = whole.from;
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    if (span.from > reached) break;
    reached = Math.max(reached, span.until);
  }
  return reached >= whole.until;
}
