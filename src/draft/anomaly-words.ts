import type { Anomaly } from "../contract/detect.js";
import { MICROS_PER_SECOND, toIso } from "../kit/instant.js";
import { formatNumber } from "./numbers.js";

/** So many others are told with their sizes; the rest is counted. */
const MOST = 4;

interface Told {
  readonly name: string;
  readonly anomaly: Anomaly;
  readonly unit: string | null;
}

/** "checkout.errors rose from 0.4 to 38 (95 x usual); back to usual at 14:09:00Z. With it checkout.p95 rose ...". */
export function wordsForAnomalies([first, ...others]: readonly Told[]): string {
  const { name, anomaly, unit } = first!;
  const own = `${name} ${whatHappened(anomaly, unit)}; ${howItEnded(anomaly)}`;
  if (others.length === 0) return own;
  const named = others.slice(0, MOST).map((each) => `${each.name} ${whatHappened(each.anomaly, each.unit)}`);
  const rest = others.length - named.length;
  return `${own}. With it ${[...named, ...(rest > 0 ? [`${rest} more`] : [])].join("; ")}`;
}

function whatHappened({ kind, direction, usual, extreme, factor }: Anomaly, unit: string | null): string {
  const from = formatNumber(usual);
  const to = unit === null ? formatNumber(extreme) : `${formatNumber(extreme)} ${unit}`;
  if (kind === "missing") return `reported nothing; usual is ${from}`;
  if (kind === "flatline") return `stayed at ${to}; usual is ${from}`;
  if (kind === "variance") return `became unsteady, up to ${to}; usual is ${from}`;
  const verb = direction === "up" ? "rose" : direction === "down" ? "fell" : "moved";
  const times = factor === null || factor < 1.1 ? "" : ` (${formatNumber(factor)} x usual)`;
  return `${verb} from ${from} to ${to}${times}`;
}

function howItEnded({ onset, end }: Anomaly): string {
  if (end === null) return "not back to usual by the end of the window";
  const text = toIso(end, MICROS_PER_SECOND);
  const isSameDay = text.slice(0, 10) === toIso(onset, MICROS_PER_SECOND).slice(0, 10);
  return `back to usual at ${isSameDay ? text.slice(11) : text}`;
}
