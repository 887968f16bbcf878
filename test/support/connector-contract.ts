import { expect, it } from "vitest";
import type { Connector } from "../../src/contract/connector.js";
import { checkRecordings, checkScenario, type ConnectorScenario } from "../../src/contract/testing/check-connector.js";

/** What every source of every connector keeps, whatever the vendor: one suite over all of them. */
export function connectorContract(connector: Connector<never>, scenarios: readonly ConnectorScenario[]): void {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s: keeps the contract", async (_, scenario) => {
    expect(await checkScenario(connector, scenario)).toEqual([]);
  });

  it("has recordings with several pages, a broken record, sub-second times where the vendor has them, and an offset other than Z", async () => {
    expect(await checkRecordings(connector, scenarios)).toEqual([]);
  });
}
