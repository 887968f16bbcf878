import { type Sums, sumsOf } from "./moving-sums.js";

/** A change as least squares sees it: usual before `from`, on the new level from `full` on. */
export interface Shape {
  readonly from: number;
  readonly full: number;
  /** Level before, and the change of it. */
  readonly level: number;
  readonly change: number;
  readonly isRamp: boolean;
}

/** Slower than this many samples is a ramp, where it fits better than a step by chance alone. */
const SLOW = 8;
const BETTER = 14;
const GRID = 28;

/**
 * The step, or hinge and rise, that fits `values` between `start` and `end` best. The onset of a step is its first sample;
 * of a ramp, where the two lines meet.
 */
export function fitShape(values: Float64Array, start: number, end: number): Shape {
  const stretch = values.subarray(start, end);
  const fit = new Fit(stretch);
  const step = bestStep(fit, stretch.length);
  const ramp = bestRamp(fit, stretch.length);
  const spare = ((fit.known - 4) * (1 - fit.memory(step))) / (1 + fit.memory(step));
  const gain = ((step.error - ramp.error) / Math.max(ramp.error, Number.MIN_VALUE)) * spare;
  const isRamp = ramp.full - ramp.from >= SLOW && gain > BETTER;
  const best = isRamp ? ramp : step;
  return { from: start + best.from, full: start + best.full, level: best.level, change: best.change, isRamp };
}

interface Candidate {
  readonly from: number;
  readonly full: number;
  readonly level: number;
  readonly change: number;
  readonly error: number;
}

class Fit {
  readonly #sums: Sums;
  readonly #weighted: Float64Array;
  readonly #values: Float64Array;
  readonly #centre: number;
  readonly #squares: number;
  readonly known: number;

  constructor(values: Float64Array) {
    this.#values = values;
    const first = sumsOf(values);
    this.known = first.count.at(-1)!;
    this.#centre = first.total.at(-1)! / this.known;
    const centred = values.map((value) => value - this.#centre);
    this.#sums = sumsOf(centred);
    this.#weighted = sumsOf(centred.map((value, index) => value * index)).total;
    this.#squares = centred.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + value * value), 0);
  }

  /** Least squares of a level and a rise from nothing at `from - 1` to all at `full`. Samples count as evenly spread. */
  of(from: number, full: number): Candidate {
    const n = this.#values.length;
    const rise = full - from + 1;
    const { total } = this.#sums;
    const inside = full - from;
    // f is k / rise at the k-th sample of the rise, and 1 from `full` on.
    const sumF = (inside * (inside + 1)) / 2 / rise + (n - full);
    const sumFF = (inside * (inside + 1) * (2 * inside + 1)) / 6 / (rise * rise) + (n - full);
    const slope = this.#weighted[full]! - this.#weighted[from]! - (from - 1) * (total[full]! - total[from]!);
    const sumFY = slope / rise + total[n]! - total[full]!;
    const spreadF = sumFF - (sumF * sumF) / n;
    const withY = sumFY - (sumF * total[n]!) / n;
    const change = spreadF > 1e-9 ? withY / spreadF : 0;
    return {
      from,
      full,
      change,
      level: this.#centre + (total[n]! - change * sumF) / n,
      error: Math.max(0, this.#squares - (total[n]! * total[n]!) / n - change * withY),
    };
  }

  /** How much of one sample's error the next one still has. */
  memory({ from, level, change }: Candidate): number {
    let before = Number.NaN;
    let same = 0;
    let all = 0;
    this.#values.forEach((value, index) => {
      const left = value - level - (index >= from ? change : 0);
      if (!Number.isNaN(left * before)) same += left * before;
      if (!Number.isNaN(left)) all += left * left;
      before = left;
    });
    return all > 0 ? Math.max(0, Math.min(0.95, same / all)) : 0;
  }
}

function bestStep(fit: Fit, length: number): Candidate {
  let best = fit.of(1, 1);
  for (let from = 2; from < length; from += 1) {
    const other = fit.of(from, from);
    if (other.error < best.error) best = other;
  }
  return best;
}

/** Coarse first, then sample by sample around the best. */
function bestRamp(fit: Fit, length: number): Candidate {
  let best = fit.of(1, 1);
  let stride = Math.max(1, Math.floor(length / GRID));
  const consider = (from: number, full: number) => {
    if (from < 1 || full >= length || full < from) return;
    const other = fit.of(from, full);
    if (other.error < best.error) best = other;
  };
  for (let from = 1; from < length; from += stride) for (let full = from; full < length; full += stride) consider(from, full);
  for (; stride > 1; stride = Math.ceil(stride / 3)) {
    const { from, full } = best;
    const finer = Math.max(1, Math.ceil(stride / 3));
    for (let a = -3; a <= 3; a += 1) for (let b = -3; b <= 3; b += 1) consider(from + a * finer, full + b * finer);
    if (finer === 1) break;
  }
  return best;
}
