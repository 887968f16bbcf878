import { defineConnector } from "../../src/contract/connector.js";
import { attach } from "./attach/index.js";
import { FolderSection, type FolderConfig } from "./config.js";
import { looker } from "./look.js";

/** Folders of this machine. Nothing is read from them as evidence, and nothing is sent. */
export const folder = defineConnector<FolderConfig>({
  id: "folder",
  name: "Folders",
  config: {
    schema: FolderSection,
    isVendorHost: () => false,
    baseUrls: () => [],
    paths: ({ incidents, attach: folders }) => [...(incidents === null ? [] : [incidents]), ...folders.map(({ path }) => path)],
  },
  kinds: {},
  wire: { concurrency: 1, bucketOf: () => "none", perMinute: () => null, judge: () => null },
  identify: () => Promise.resolve({ tenant: "", data: {} }),
  sources: [],
  notice: { looker },
  destination: attach,
});
