export { assembleSeries } from "./assemble-series.js";
export { detectAnomalies } from "./detect-anomalies.js";
