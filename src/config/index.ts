export { loadConfig, readConfig, type ConfigRequest, type ReadConfig } from "./load-config.js";
export type { ResolvedConfig } from "./resolved-config.js";
export { ConfigError, type DescribedProblem } from "./problems.js";
export { narrowed } from "./services.js";
