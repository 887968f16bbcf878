export { incidentId } from "./incident-id.js";
export { parseTime } from "./parse-time.js";
export { resolveWindow, type ResolvedWindow, type WindowRequest } from "./resolve-window.js";
