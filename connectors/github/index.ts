import { defineConnector } from "../../src/contract/connector.js";
import { accounts } from "./accounts.js";
import { attach } from "./attach/index.js";
import { apiBase, GithubSection, isVendorHost, type GithubConfig } from "./config.js";
import { deployments } from "./deployments.js";
import { diagnose } from "./doctor.js";
import { kinds } from "./kinds.js";
import { linkReader } from "./link.js";
import { looker } from "./look.js";
import { pulls } from "./pulls.js";
import { reruns } from "./reruns.js";
import { runs } from "./runs.js";
import { repositorySelection } from "./select.js";
import { setup } from "./setup.js";
import { wire } from "./wire.js";

export const github = defineConnector<GithubConfig>({
  id: "github",
  name: "GitHub",
  config: { schema: GithubSection, isVendorHost, baseUrls: (config) => [apiBase(config)], selects: [repositorySelection] },
  kinds,
  wire,
  /** Repositories are the same whoever asks: they belong to the host, which needs no call. */
  identify: ({ config }) => Promise.resolve({ tenant: new URL(config.apiUrl).host, data: {} }),
  diagnose,
  setup,
  notice: { links: linkReader, looker },
  sources: [pulls, runs, reruns, deployments, accounts],
  destination: attach,
});
