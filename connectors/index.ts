import type { Connector } from "../src/contract/connector.js";
import { datadog } from "./datadog/index.js";
import { github } from "./github/index.js";
import { slack } from "./slack/index.js";

/** The list of built-in connectors, nothing more. */
export const builtinConnectors: readonly Connector[] = [slack, github, datadog];
