import { agreedContrast, type Contrast, contrastAt } from "./moving-sums.js";
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
  readonly strength: Float64Array;
}

export function scalesOf(contrasts: readonly Contrast[], baselines: readonly Contrast[], narrowest = 1): readonly Scale[] {
  const length = contrasts[0]!.residual.length;
  const quantum = smallestStep(contrasts[0]!.residual);
  const scales: Scale[] = [];
  for (let width = narrowest; width <= Math.max(narrowest, Math.min(128, length / 10)); width *= 2) {
    const scale = scaleOf(contrasts, baselines, width, quantum);
    if (scale !== null) scales.push(scale);
  }
  return scales;
}

function scaleOf(contrasts: readonly Contrast[], baselines: readonly Contrast[], width: number, quantum: number): Scale | null {
  const length = contrasts[0]!.residual.length;
  const strength = new Float64Array(length);
  for (let index = 0; index < length; index += 1) strength[index] = agreedContrast(contrasts, index, width);
  const earlier = baselines.map((baseline) => {
    const own = new Float64Array(length);
    for (let index = 0; index < length; index += 1) own[index] = contrastAt(baseline, index, width);
    return own;
  });
  const usual = Math.max(spread(strength), quantum / LEAST);
  if (!(usual > 0)) return null;
  const up = Math.max(LEAST * usual, BEYOND_HABIT * habit([strength, ...earlier], width, 1));
  const down = Math.max(LEAST * usual, BEYOND_HABIT * habit([strength, ...earlier], width, -1));
  for (let index = 0; index < length; index += 1) strength[index]! /= strength[index]! > 0 ? up : down;
  return { width, strength };
}

/** A series that stands still most of the time has no spread; the smallest step that it ever makes is left. */
function smallestStep(values: Float64Array): number {
  let least = Infinity;
  let last = Number.NaN;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const step = Math.abs(value - last);
    if (step > 0 && step < least) least = step;
    last = value;
  }
  return least === Infinity ? 0 : least;
}

function spread(values: Float64Array): number {
  const middle = sigma(values);
  return Math.max(middle, quantile(values, 0.9, Math.abs) / 1.645 / 2);
}

/** What the series does elsewhere, on other days too, is no news: the fourth largest contrast, each from its own stretch. */
function habit(lanes: readonly Float64Array[], width: number, direction: 1 | -1): number {
  const top = new Float64Array(HABIT_RANK);
  const stretch = 3 * width + 12;
  for (const lane of lanes) {
    for (let start = 0; start < lane.length; start += stretch) {
      let most = 0;
      const end = Math.min(lane.length, start + stretch);
      for (let index = start; index < end; index += 1) {
        const value = lane[index]! * direction;
        if (value > most) most = value;
      }
      for (let rank = 0; rank < HABIT_RANK; rank += 1) {
        if (most <= top[rank]!) continue;
        const lower = top[rank]!;
        top[rank] = most;
        most = lower;
      }
    }
  }
  return top[HABIT_RANK - 1]!;
}
