import { describe, expect, it } from "vitest";
import { datadog } from "../../connectors/datadog/index.js";
import type { Connector } from "../../src/contract/connector.js";
import { checkConnector, checkScenario, type ConnectorScenario } from "../../src/contract/testing/check-connector.js";
import { scenarios } from "../connectors/datadog/scenarios.js";

const events = scenarios.find(({ expect: { evidenceIds } }) => evidenceIds.length > 0)!;
const connector: Connector = datadog;

describe("checkConnector", () => {
  const broken: readonly (readonly [string, Partial<Connector>, Partial<ConnectorScenario>, RegExp])[] = [
    [
      "evidence that was not expected",
      {},
      { expect: { ...events.expect, evidenceIds: [] } },
      /evidence datadog-event:\S+: expected 0, received 1/,
    ],
    [
      "a gap that is missing",
      {},
      { expect: { ...events.expect, gaps: [...events.expect.gaps, { scope: "x", reason: "expired" }] } },
      /gap x expired/,
    ],
    [
      "an exchange that nobody asks for",
      {},
      { exchanges: [...events.exchanges, { method: "GET", path: "/spare" }] },
      /nobody asked for GET \/spare/,
    ],
    ["a kind that is not declared", { kinds: {} }, {}, /kind \S+ is not declared/],
    ["another id", { id: "other" }, {}, /connector is datadog/],
    ["sources that walk nothing", { sources: [] }, {}, /nothing was walked/],
  ];

  it.each(broken)("names %s", async (_, change, scenario, expected) => {
    const problems = await checkScenario({ ...connector, ...change }, { ...events, ...scenario });
    expect(problems.join("\n")).toMatch(expected);
    expect(problems.every((problem) => problem.startsWith(`${events.name}: `))).toBe(true);
  });

  it("wants recordings of what goes wrong in life", async () => {
    expect(await checkConnector(connector, [])).toEqual(["no recording has a broken record", "no recording has a second page"]);
  });
});
