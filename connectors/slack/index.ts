import { defineConnector } from "../../src/contract/connector.js";
import { accounts } from "./accounts.js";
import { attach } from "./attach/index.js";
import { slackSchema, type SlackConfig } from "./config.js";
import { diagnose } from "./doctor.js";
import { identify } from "./identify.js";
import { kinds } from "./kinds.js";
import { messages } from "./messages.js";
import { linkReader } from "./link.js";
import { looker } from "./look.js";
import { channelSelection } from "./select.js";
import { setup } from "./setup.js";
import { threads } from "./threads.js";
import { slackWire } from "./wire.js";

export const slack = defineConnector<SlackConfig>({
  id: "slack",
  name: "Slack",
  config: {
    schema: slackSchema,
    isVendorHost: (host) => /(?:^|\.)slack(?:-gov)?\.com$/.test(host.toLowerCase()),
    baseUrls: (config) => (config.attach.file ? [config.apiUrl, filesHost(config)] : [config.apiUrl]),
    selects: [channelSelection],
  },
  kinds,
  wire: slackWire,
  identify,
  diagnose,
  setup,
  notice: { links: linkReader, looker },
  sources: [accounts, messages, threads],
  destination: attach,
});

/** Where Slack takes uploads. */
function filesHost({ apiUrl }: SlackConfig): string {
  return new URL(apiUrl).hostname.endsWith("slack-gov.com") ? "https://files.slack-gov.com" : "https://files.slack.com";
}
