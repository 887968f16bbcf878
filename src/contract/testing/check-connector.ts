import { canonicalJson } from "../../kit/hash.js";
import { MICROS_PER_DAY } from "../../kit/instant.js";
import { compareText } from "../../kit/text.js";
import type { Connector } from "../connector.js";
import { Secret } from "../secret.js";
import { collectScenario, type CollectedScenario, type Scenario } from "./collect-scenario.js";
import { contradictionsIn, problemsOfEvidence, spansLeftOpen } from "./judge-records.js";

/** A recording with what must come out of it. */
export interface ConnectorScenario extends Scenario {
  readonly expect: {
    readonly evidenceIds: readonly string[];
    readonly gaps: readonly { readonly scope: string; readonly reason: string }[];
  };
}

const LATER = 40 * MICROS_PER_DAY;

/**
 * What every source of every connector keeps, whatever the vendor, tried on recorded exchanges: the expected evidence
 * and gaps, every exchange used, the same bytes on another day, records as the contract wants them, all that was walked
 * covered, no credential let out; and recordings that hold what goes wrong in life. Nothing is sent anywhere.
 *
 * @returns what is not so, one line each, beginning with the scenario's name: none for a connector that keeps the contract.
 */
export async function checkConnector(connector: Connector<never>, scenarios: readonly ConnectorScenario[]): Promise<string[]> {
  const problems: string[] = [];
  for (const scenario of scenarios) problems.push(...(await checkScenario(connector, scenario)));
  return [...problems, ...(await checkRecordings(connector, scenarios))];
}

/** One scenario of it. */
export async function checkScenario(connector: Connector<never>, scenario: ConnectorScenario): Promise<string[]> {
  const run = await collectScenario(connector, scenario);
  const later = await collectScenario(connector, { ...scenario, now: scenario.now + LATER });
  return [
    ...differences("evidence", new Set(run.evidence.map(({ id }) => id)), new Set(scenario.expect.evidenceIds)),
    ...differences("gap", run.gaps.map(gapText), scenario.expect.gaps.map(gapText)),
    ...run.unused.map(({ method, path }) => `nobody asked for ${method} ${path}`),
    ...(canonicalJson([run.evidence, run.series]) === canonicalJson([later.evidence, later.series])
      ? []
      : ["another day gives other bytes"]),
    ...run.evidence.flatMap((each) => problemsOfEvidence(each, connector).map((problem) => `${each.id}: ${problem}`)),
    ...contradictionsIn(run).map((id) => `${id} says two things`),
    ...(run.walks.length === 0 ? ["nothing was walked"] : spansLeftOpen(run).map((name) => `${name} is not covered to its end`)),
    ...credentialProblems(scenario, run),
  ].map((problem) => `${scenario.name}: ${problem}`);
}

/** What a set of recordings must hold: a second page, a broken record, fractions of a second, an offset other than Z. */
export async function checkRecordings(connector: Connector<never>, scenarios: readonly ConnectorScenario[]): Promise<string[]> {
  const runs = await Promise.all(scenarios.map((scenario) => collectScenario(connector, scenario)));
  const times = runs.flatMap((run) => run.evidence).flatMap((evidence) => evidence.times);
  const isFine = times.some(({ precisionMicros }) => precisionMicros < 1_000_000);
  const iso = times.filter((time) => /^\d{4}-/.test(time.sourceText));
  return [
    ...(runs.some((run) => run.gaps.some(({ reason }) => reason === "malformed")) ? [] : ["no recording has a broken record"]),
    ...(scenarios.some((scenario) => pagesOf(scenario) >= 2) ? [] : ["no recording has a second page"]),
    ...(isFine && !times.some(({ at }) => at !== null && at % 1_000_000 !== 0) ? ["no recording has a fraction of a second"] : []),
    ...(iso.length > 0 && !iso.some((time) => /[+-]\d\d:?\d\d$/.test(time.sourceText)) ? ["no recording has an offset other than Z"] : []),
  ];
}

function differences(what: string, found: Iterable<string>, expected: Iterable<string>): string[] {
  const [seen, wanted] = [counted(found), counted(expected)];
  return [...new Set([...seen.keys(), ...wanted.keys()])]
    .sort(compareText)
    .filter((each) => seen.get(each) !== wanted.get(each))
    .map((each) => `${what} ${each}: expected ${wanted.get(each) ?? 0}, received ${seen.get(each) ?? 0}`);
}

function counted(texts: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function gapText({ scope, reason }: { readonly scope: string; readonly reason: string }): string {
  return `${scope} ${reason}`;
}

function pagesOf(scenario: Scenario): number {
  return Math.max(0, ...counted(scenario.exchanges.map(({ path }) => path)).values());
}

function credentialProblems({ config }: Scenario, run: CollectedScenario): string[] {
  const secrets = secretsOf(config);
  if (secrets.length === 0) return ["its config holds no credential that could get out"];
  const text = JSON.stringify(run);
  return secrets.some((secret) => text.includes(secret)) ? ["a credential is in what was collected"] : [];
}

function secretsOf(config: unknown): string[] {
  if (config instanceof Secret) return [config.reveal()];
  if (config === null || typeof config !== "object") return [];
  return Object.values(config).flatMap(secretsOf);
}
