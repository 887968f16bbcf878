import { MICROS_PER_SECOND, type EpochMicros, type Span } from "../../src/kit/instant.js";

const HOUR = 3600;
/** All divide a day, so that the grid is the same on each day. Seconds, longest first. */
const LENGTHS = [24 * HOUR, 12 * HOUR, 8 * HOUR, 6 * HOUR, 4 * HOUR, 3 * HOUR, 2 * HOUR, HOUR, 1800, 900, 600, 300];
/** An answer this short is given at the step that was asked, by today's documents and by those of earlier years. */
const POINTS_A_SLICE = 300;
/** "A series can have up to 1500 points". Source: "Rollup", docs.datadoghq.com. */
const POINTS_A_REQUEST = 1500;

/** How long a slice is; it depends on the step alone. null: no slice fits the step. */
export function sliceSeconds(step: number): number | null {
  if (!Number.isInteger(step) || step < 1) return null;
  return LENGTHS.find((length) => length % step === 0 && length / step <= POINTS_A_SLICE) ?? null;
}

/** The slices of the UTC grid that overlap the span and have begun, ascending. */
export function slicesOf(span: Span, step: number, now: EpochMicros): readonly Span[] {
  const length = (sliceSeconds(step) ?? LENGTHS[0]!) * MICROS_PER_SECOND;
  const slices: Span[] = [];
  const end = Math.min(span.until, now);
  for (let from = Math.floor(span.from / length) * length; from < end; from += length) slices.push({ from, until: from + length });
  return slices;
}

/** Neighbouring slices that one request may ask for together. */
export function requestsOf(slices: readonly Span[], step: number): readonly (readonly Span[])[] {
  const most = Math.max(1, Math.floor((POINTS_A_REQUEST * step) / (sliceSeconds(step) ?? LENGTHS[0]!)));
  return Array.from({ length: Math.ceil(slices.length / most) }, (_, index) => slices.slice(index * most, (index + 1) * most));
}
