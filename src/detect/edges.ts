import { agreedContrasts, type Contrast } from "./moving-sums.js";
import { quantile, sigma } from "./robust.js";

/** Times the usual spread of such a contrast: chance does not reach it in a window's worth of samples. */
const LEAST = 7;
/** And times what the series does elsewhere, on its own: see `habit`. */
const BEYOND_HABIT = 1.8;
/** The so-manieth largest is habit: a window may hold fewer true changes than this, each way. */
const HABIT_RANK = 4;

/** How strongly each sample begins a change, at one scale: 1 is just enough; the sign is the direction. */
export interface Scale {
  readonly width: number;
  /** The usual spread of contrasts, in the metric's unit. */
  readonly usual: number;
  readonly strength: Float64Array;
  /** The largest strengths, each from its own stretch, of earlier days too: upwards, downwards. */
  readonly largest: readonly [Float64Array, Float64Array];
}

export function scalesOf(contrasts: readonly Contrast[], baselines: readonly (readonly Contrast[])[], narrowest = 1): readonly Scale[] {
  const length = contrasts[0]!.residual.length;
  const quantum = smallestStep([contrasts[0]!, ...baselines.map((each) => each[0]!)].map(({ residual }) => residual));
  const scales: Scale[] = [];
  for (let width = narrowest; width <= Math.max(narrowest, Math.min(128, length / 10)); width *= 2) {
    const scale = scaleOf(contrasts, baselines, width, quantum, scales.length === 0 ? Infinity : scales.at(-1)!.usual);
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
): Scale | null {
  const length = contrasts[0]!.residual.length;
  const strength = agreedContrasts(contrasts, width);
  const earlier = baselines.map((baseline) => agreedContrasts(baseline, width));
  // Longer sums are no noisier than shorter ones: where they seem so, the change itself was measured.
  const usual = Math.max(Math.min(spread(strength), most), quantum / LEAST);
  if (!(usual > 0)) return null;
  const rises = peaks([strength, ...earlier], width, 1);
  const falls = peaks([strength, ...earlier], width, -1);
  const up = Math.max(LEAST * usual, BEYOND_HABIT * habit(rises));
  const down = Math.max(LEAST * usual, BEYOND_HABIT * habit(falls));
  for (let index = 0; index < length; index += 1) strength[index]! /= strength[index]! > 0 ? up : down;
  return { width, usual, strength, largest: [rises.map((peak) => peak / up), falls.map((peak) => peak / down)] };
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
  return moves <= HABIT_RANK ? least : least * 1.9;
}

function spread(values: Float64Array): number {
  const middle = sigma(values);
  return Math.max(middle, quantile(values, 0.9, Math.abs) / 1.645 / 2);
}

/** What the series does elsewhere, on other days too, is no news: the fourth largest contrast, each from its own stretch. */
function habit(sorted: Float64Array): number {
  return sorted[HABIT_RANK - 1] ?? 0;
}

/** The largest contrast of every stretch, the largest first. */
function peaks(lanes: readonly Float64Array[], width: number, direction: 1 | -1): Float64Array {
  const stretch = 3 * width + 12;
  const largest: number[] = [];
  for (const lane of lanes) {
    for (let start = 0; start < lane.length; start += stretch) {
      let most = 0;
      const end = Math.min(lane.length, start + stretch);
      for (let index = start; index < end; index += 1) {
        const value = lane[index]! * direction;
        if (value > most) most = value;
      }
      largest.push(most);
    }
  }
  return Float64Array.from(largest).sort().reverse();
}
