import { beyondHabit, peaks } from "./habit.js";
import { agreedContrasts, type Contrast } from "./moving-sums.js";
import { median, quantile, sigma } from "./robust.js";

/** Times the usual spread of such a contrast: chance does not reach it in a window's worth of samples. */
const LEAST = 7;
/** A series that moves more often than this is no constant. */
const MOVES = 4;
/** Of more than so many, one more or one less is what scaling does. */
const MANY = 4;

/** How strongly each sample begins a change, at one scale: 1 is just enough; the sign is the direction. */
export interface Scale {
  readonly width: number;
  /** The usual spread of contrasts, in the metric's unit. */
  readonly usual: number;
  readonly strength: Float64Array;
  /** The smallest changes that are told, in the metric's unit: upwards, downwards. */
  readonly needed: readonly [number, number];
  /** The largest strengths, each from its own stretch, of earlier days too: upwards, downwards. */
  readonly largest: readonly [Float64Array, Float64Array];
}

/**
 * @param baselines each earlier day, expected by itself
 * @param days how much was looked at, all together
 */
export function scalesOf(
  contrasts: readonly Contrast[],
  baselines: readonly (readonly Contrast[])[],
  days: number,
  narrowest = 1,
): readonly Scale[] {
  const length = contrasts[0]!.residual.length;
  const quantum = smallestStep([contrasts[0]!, ...baselines.map((each) => each[0]!)].map(({ residual }) => residual));
  const scales: Scale[] = [];
  for (let width = narrowest; width <= Math.max(narrowest, Math.min(128, length / 10)); width *= 2) {
    const scale = scaleOf(contrasts, baselines, width, quantum, scales.length === 0 ? Infinity : scales.at(-1)!.usual, days);
    if (scale !== null) scales.push(scale);
  }
  return scales;
}

function scaleOf(
  contrasts: readonly Contrast[],
  baselines: readonly (readonly Contrast[])[],
  width: number,
  quantum: number,
  most: number,
  days: number,
): Scale | null {
  const length = contrasts[0]!.residual.length;
  const strength = agreedContrasts(contrasts, width);
  const earlier = baselines.map((baseline) => agreedContrasts(baseline, width));
  // Longer sums are no noisier than shorter ones: where they seem so, the change itself was measured.
  const usual = Math.max(Math.min(spread(strength), most), quantum / LEAST);
  if (!(usual > 0)) return null;
  const rises = peaks([strength, ...earlier], width, 1);
  const falls = peaks([strength, ...earlier], width, -1);
  const up = Math.max(LEAST * usual, beyondHabit(rises, days));
  const down = Math.max(LEAST * usual, beyondHabit(falls, days));
  for (let index = 0; index < length; index += 1) strength[index]! /= strength[index]! > 0 ? up : down;
  return { width, usual, strength, needed: [up, down], largest: [rises.map((peak) => peak / up), falls.map((peak) => peak / down)] };
}

/**
 * A series that stands still most of the time has no spread; the smallest step that it ever makes is left, and no single
 * one of those is news where it makes them now and then.
 */
function smallestStep(lanes: readonly Float64Array[]): number {
  let least = Infinity;
  let moves = 0;
  for (const values of lanes) {
    let last = Number.NaN;
    for (const value of values) {
      if (Number.isNaN(value)) continue;
      const step = Math.abs(value - last);
      if (step > 0) moves += 1;
      if (step > 0 && step < least) least = step;
      last = value;
    }
  }
  if (least === Infinity) return 0;
  const isOneOfMany = least === 1 && median(lanes[0]!) > MANY;
  return moves <= MOVES && !isOneOfMany ? least : least * 1.9;
}

function spread(values: Float64Array): number {
  const middle = sigma(values);
  return Math.max(middle, quantile(values, 0.9, Math.abs) / 1.645 / 2);
}
