import { jitter, levelAndNoise } from "./robust.js";

/** A run of buckets away from the usual level. Indices; `until` is the first bucket back, null when there is none. */
export interface Departure {
  readonly onset: number;
  readonly until: number | null;
  readonly direction: 1 | -1;
  /** The usual level before it. */
  readonly level: number;
  readonly peak: number;
  /** Size of the peak in units of the noise. */
  readonly z: number;
}

/** Departing at all, and still departing: two thresholds, so that noise near one of them makes no second entry. */
const ENTER = 7;
const STAY = 3.5;
/** This many of this many in a row depart, or it is chance. */
const NEEDED = 3;
const OUT_OF = 4;
/** Back for good: this many in a row. Shorter dips are part of it. */
const BACK = 5;
/** Usual buckets that tell the level: more where the season is already taken out. */
const HISTORY = 60;
const HISTORY_WITH_BASELINE = 180;
const FEWEST = 20;
/** The level is worked out anew after so many buckets. */
const REFRESH = 10;

/**
 * Walks once from left to right; the level follows the usual buckets alone and stands still while a departure lasts.
 * `smallestEffect`, in the metric's unit, is the least that counts, whatever the noise. Pure.
 */
export function departuresIn(residuals: Float64Array, smallestEffect: number, hasBaseline: boolean): readonly Departure[] {
  const floor = Math.max(noiseFloor(residuals), smallestEffect / ENTER);
  const history = new History(hasBaseline ? HISTORY_WITH_BASELINE : HISTORY, floor);
  const found: Departure[] = [];
  for (let index = 0; index < residuals.length; index += 1) {
    const value = residuals[index]!;
    if (Number.isNaN(value)) continue;
    const usual = history.usual();
    const direction = usual === null || usual.noise === 0 || history.hasReached(value) ? 0 : departs(residuals, index, usual);
    if (usual === null || direction === 0) {
      history.take(value);
      continue;
    }
    const departure = follow(residuals, index, direction, usual);
    found.push(departure);
    index = (departure.until ?? residuals.length) - 1;
  }
  return found;
}

interface Usual {
  readonly level: number;
  readonly noise: number;
}

/** The usual values so far. The first ones are taken as they are, whatever they show. */
class History {
  readonly #most: number;
  readonly #floor: number;
  readonly #values: number[] = [];
  #lowest = Infinity;
  #highest = -Infinity;
  #usual: Usual | null = null;
  #age = 0;

  constructor(most: number, floor: number) {
    this.#most = most;
    this.#floor = floor;
  }

  take(value: number): void {
    this.#values.push(value);
    this.#age += 1;
    if (this.#usual !== null && Math.abs(value - this.#usual.level) <= this.#usual.noise * ENTER) this.#widen(value);
  }

  /** A value that was usual before is no departure: a saw-tooth falls back to where it rose from. */
  hasReached(value: number): boolean {
    return value >= this.#lowest && value <= this.#highest;
  }

  /** null: too little is known. */
  usual(): Usual | null {
    if (this.#values.length < FEWEST || (this.#usual !== null && this.#age < REFRESH)) return this.#usual;
    const { level, sigma } = levelAndNoise(Float64Array.from(this.#values.slice(-this.#most)));
    if (this.#usual === null)
      this.#values.filter((value) => Math.abs(value - level) <= Math.max(sigma, this.#floor) * STAY).forEach((value) => this.#widen(value));
    this.#usual = { level, noise: Math.max(sigma, this.#floor) };
    this.#age = 0;
    return this.#usual;
  }

  #widen(value: number): void {
    this.#lowest = Math.min(this.#lowest, value);
    this.#highest = Math.max(this.#highest, value);
  }
}

/** +1 or -1 where a run begins at `index`, else 0. A last bucket alone, or one dropped sample, begins none. */
function departs(residuals: Float64Array, index: number, { level, noise }: Usual): 1 | -1 | 0 {
  const direction = residuals[index]! > level ? 1 : -1;
  if (!isBeyond(residuals[index]!, direction, level, noise * ENTER)) return 0;
  let seen = 0;
  let far = 0;
  for (let at = index; at < residuals.length && seen < OUT_OF; at += 1) {
    if (Number.isNaN(residuals[at]!)) continue;
    seen += 1;
    if (isBeyond(residuals[at]!, direction, level, noise * ENTER)) far += 1;
  }
  return far >= NEEDED ? direction : 0;
}

function follow(residuals: Float64Array, start: number, direction: 1 | -1, { level, noise }: Usual): Departure {
  let peak = start;
  let last = start;
  let back = 0;
  for (let at = start; at < residuals.length && back < BACK; at += 1) {
    if (Number.isNaN(residuals[at]!)) continue;
    back = isBeyond(residuals[at]!, direction, level, noise * STAY) ? 0 : back + 1;
    if (back === 0) last = at;
    if ((residuals[at]! - residuals[peak]!) * direction > 0) peak = at;
  }
  const onset = refine(residuals, start, direction, level, noise);
  const until = back >= BACK ? last + 1 : null;
  return { onset, until, direction, level, peak, z: Math.abs(residuals[peak]! - level) / noise };
}

/** Back to the first bucket that already went: what a reader of the graph would call the beginning. */
function refine(residuals: Float64Array, start: number, direction: 1 | -1, level: number, noise: number): number {
  let onset = start;
  while (onset > 0 && isBeyond(residuals[onset - 1]!, direction, level, noise * STAY)) onset -= 1;
  return onset;
}

function isBeyond(value: number, direction: 1 | -1, level: number, distance: number): boolean {
  return (value - level) * direction > distance;
}

/** A metric that stands still most of the time has no spread; the change between neighbours is left. */
function noiseFloor(residuals: Float64Array): number {
  return jitter(residuals.filter((value) => !Number.isNaN(value)));
}
