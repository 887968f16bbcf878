export { collect } from "./collect.js";
export { coverageOf } from "./coverage.js";
export type { Collected, CollectedScope, CollectOptions, ConnectorInput } from "./types.js";
