export { incidentId } from "./incident-id.js";
export { parseTime, type TimeContext } from "./parse-time.js";
export { resolveWindow, type ResolvedWindow, type WindowRequest } from "./resolve-window.js";
export { earliestTimeIn } from "./times-in-text.js";
