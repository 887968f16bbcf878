export { loadConfig } from "./load-config.js";
export type { ResolvedConfig } from "./resolved-config.js";
