export { assembleSeries } from "./assemble-series.js";
export { detectAnomalies } from "./detect-anomalies.js";
export { chartSeries } from "./chart-series.js";
