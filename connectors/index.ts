import type { Connector } from "../src/contract/connector.js";
import { datadog } from "./datadog/index.js";
import { folder } from "./folder/index.js";
import { github } from "./github/index.js";
import { slack } from "./slack/index.js";
import { webhook } from "./webhook/index.js";

/** The list of built-in connectors, nothing more. */
export const builtinConnectors: readonly Connector[] = [slack, github, datadog, folder, webhook];
