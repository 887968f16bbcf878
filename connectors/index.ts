import type { Connector } from "../src/contract/connector.js";

/** The list of built-in connectors, nothing more. */
export const builtinConnectors: readonly Connector[] = [];
