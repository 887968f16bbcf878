export { collect } from "./collect.js";
export { coverageOf } from "./coverage.js";
export type { Collected, CollectOptions, ConnectorInput } from "./types.js";
