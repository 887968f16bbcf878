import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { builtinConnectors } from "../../connectors/index.js";
import type { ConnectorScenario } from "../../src/contract/testing/check-connector.js";
import { connectorContract } from "../support/connector-contract.js";

const FOLDERS = readdirSync(join(import.meta.dirname, "../../connectors"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

it("lists every connector folder, and no other", () => {
  expect(builtinConnectors.map((connector) => connector.id).sort()).toEqual([...FOLDERS].sort());
});

// A connector without sources has nothing to record: what it attaches and notices has tests of its own.
for (const connector of builtinConnectors.filter(({ sources }) => sources.length > 0)) {
  const { scenarios } = (await import(/* @vite-ignore */ pathToFileURL(join(import.meta.dirname, connector.id, "scenarios.ts")).href)) as {
    scenarios: readonly ConnectorScenario[];
  };
  describe(connector.id, () => connectorContract(connector, scenarios));
}
