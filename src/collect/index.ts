export { collect } from "./collect.js";
export { coverageOf } from "./coverage.js";
export { withPurged } from "./purged.js";
export { readEvidence, readReferences, readSeries } from "./read-back.js";
export type { Collected, CollectedScope, CollectOptions, ConnectorInput } from "./types.js";
export { planOnly, type PlannedSource } from "./plan-only.js";
