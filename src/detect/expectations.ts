import { DAY_MICROS, type Lane, type Lanes } from "./lanes.js";
import { median, runningMedian } from "./robust.js";

/** An earlier day is read as the median of this many buckets on either side: its noise would else be added to today's. */
const SMOOTHED = 4;
/** Days on either side that tell what a time of day is like. */
const DAYS = 3;

export const JUST_BEFORE = "the samples before";

/** One way of expecting: what is left of the values then. */
export interface Expectation {
  readonly from: string;
  readonly residual: Float64Array;
}

/**
 * What each bucket was to be, by several ways of expecting. The first is the values themselves: what was just before. The
 * others are the same time on other days, and of the week.
 */
export function expectationsOf({ window, baselines }: Lanes): readonly Expectation[] {
  return [
    { from: JUST_BEFORE, residual: window.values },
    ...baselines.map((lane) => ({ from: earlier(window.from - lane.from), residual: againstBaseline(window, lane) })),
    ...againstItself(window),
  ];
}

function earlier(micros: number): string {
  const days = Math.round(micros / DAY_MICROS);
  return days === 1 ? "a day earlier" : `${days} days earlier`;
}

/** A day may be busier as a whole than its predecessor. */
function againstBaseline({ values }: Lane, baseline: Lane): Float64Array {
  const expected = runningMedian(baseline.values, SMOOTHED);
  const ratio = median(values) / median(expected);
  const busier = ratio > 0.6 && ratio < 1.6 ? ratio : 1;
  return values.map((value, index) => value - expected[index]! * busier);
}

function againstItself({ values, step }: Lane): Expectation[] {
  const day = Math.round(DAY_MICROS / step);
  if (day < 2 || values.length < 2 * day) return [];
  const smooth = runningMedian(values, day >= 200 ? SMOOTHED : 0);
  const daily = { from: "the same time on nearby days", residual: values.map((value, index) => value - typicalDay(smooth, index, day)) };
  if (values.length < 8 * day) return [daily];
  return [daily, { from: "the same weekday", residual: values.map((value, index) => value - sameWeekday(smooth, index, 7 * day)) }];
}

const nearby = new Float64Array(2 * DAYS);

function typicalDay(values: Float64Array, index: number, day: number): number {
  let count = 0;
  for (let days = -DAYS; days <= DAYS; days += 1) {
    const value = days === 0 ? undefined : values[index + days * day];
    if (value === undefined || Number.isNaN(value)) continue;
    let at = count++;
    for (; at > 0 && nearby[at - 1]! > value; at -= 1) nearby[at] = nearby[at - 1]!;
    nearby[at] = value;
  }
  return count === 0 ? Number.NaN : (nearby[(count - 1) >> 1]! + nearby[count >> 1]!) / 2;
}

function sameWeekday(values: Float64Array, index: number, week: number): number {
  const before = values[index - week] ?? Number.NaN;
  const after = values[index + week] ?? Number.NaN;
  return Number.isNaN(before) ? after : Number.isNaN(after) ? before : (before + after) / 2;
}
