import { z } from "zod";
import { defineConnector } from "../../src/contract/connector.js";
import { SendSection, type AttachConfig } from "./attach/config.js";
import { attach } from "./attach/index.js";
import { ReceiveSection, type ReceiveConfig } from "./receive/config.js";
import { receiver } from "./receive/index.js";
import { wire } from "./wire.js";

const WebhookSection = z.strictObject({ receive: ReceiveSection, send: SendSection });

/** Signed requests between services. Nothing is read from them as evidence. */
export const webhook = defineConnector<ReceiveConfig & AttachConfig>({
  id: "webhook",
  name: "Webhooks",
  config: {
    schema: WebhookSection,
    isVendorHost: () => false,
    baseUrls: ({ send }) => send.map(({ url }) => url),
  },
  kinds: {},
  wire,
  identify: () => Promise.resolve({ tenant: "", data: {} }),
  sources: [],
  notice: { receiver },
  destination: attach,
});
