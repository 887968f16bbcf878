import { z } from "zod";
import { defineConnector } from "../../src/contract/connector.js";
import { AttachSection } from "./attach/config.js";
import { attach } from "./attach/index.js";

const FolderSection = z.strictObject({ attach: AttachSection });
type FolderConfig = z.output<typeof FolderSection>;

/** Folders of this machine. Nothing is read from them as evidence, and nothing is sent. */
export const folder = defineConnector<FolderConfig>({
  id: "folder",
  name: "Folders",
  config: {
    schema: FolderSection,
    isVendorHost: () => false,
    baseUrls: () => [],
    paths: (config) => config.attach.map(({ path }) => path),
  },
  kinds: {},
  wire: { concurrency: 1, bucketOf: () => "none", perMinute: () => null, judge: () => null },
  identify: () => Promise.resolve({ tenant: "", data: {} }),
  sources: [],
  destination: attach,
});
