import { quantile } from "./robust.js";
import type { Scale } from "./edges.js";
import { MICROS_PER_MINUTE } from "../kit/instant.js";
import { type Contrast, contrastAt, meanOf, referenceOf } from "./moving-sums.js";
import { fitShape } from "./shape.js";

/** One departure from what is usual, whole. Indices; `until` is the first sample back, null when there is none. */
export interface Episode {
  readonly onset: number;
  readonly until: number | null;
  readonly direction: 1 | -1;
  readonly isRamp: boolean;
  /** What was left of the values by the expectation that explains most of them, before; and the change. */
  readonly residual: Float64Array;
  readonly level: number;
  readonly change: number;
  /** How many times what was needed to be told. */
  readonly strength: number;
  /** The sums that saw it: their width, how much they usually scatter, and what was needed. */
  readonly width: number;
  readonly noise: number;
  readonly needed: number;
}

const MOST = 12;
/** A stay of one sample is a blip, where a sample is shorter than this: it is told where it is so many times any other. */
const BRIEF_MICROS = 10 * MICROS_PER_MINUTE;
const BLIP = 1;
const NEAR = 3;
/** Before so many samples nothing is known of what is usual: what seems to begin there began earlier. */
const FIRST = 12;
/** Levels nearer to each other than this part of the change are the same level. */
const SAME = 0.35;
/** An end is known to so many samples. */
const RETURN = 5;
/** A change below this part of the level is none to a reader, unless it is so many times the range of the samples before. */
const SLIGHT = 0.05;
const BEYOND_RANGE = 2;
const SEEN = 240;

/** The strongest change first, with all that belongs to it; then what is left. `step` is microseconds a sample. Overwrites `scales`. */
export function episodesIn(contrasts: readonly Contrast[], scales: readonly Scale[], step: number): readonly Episode[] {
  const found: Episode[] = [];
  for (let count = 0; count < MOST; count += 1) {
    const edge = strongest(scales);
    if (edge === null) break;
    const isBlip = step < BRIEF_MICROS && blipsLike(scales, edge);
    const episode = follow(contrasts, departureOf(contrasts, scales, edge));
    if (
      episode.onset >= FIRST &&
      !isSlight(contrasts[0]!.residual, episode) &&
      !(isBlip && lengthOf(episode) <= BLIP) &&
      !found.some((other) => episode.onset >= other.onset && episode.onset <= (other.until ?? other.onset))
    )
      found.push(episode);
    forget(scales, episode, edge);
  }
  return found.filter((episode) => !found.some((other) => other !== episode && isReturn(episode, other)));
}

/** The way back from an episode that is told is no news of its own. */
function isReturn(episode: Episode, from: Episode): boolean {
  if (from.until === null || episode.direction === from.direction) return false;
  return Math.abs(episode.onset - from.until) <= RETURN && Math.abs(episode.change) < (1 + SAME) * Math.abs(from.change);
}

/** Small against the level, and against what the values did before: nobody would call it a change. */
function isSlight(values: Float64Array, { onset, change }: Episode): boolean {
  if (Math.abs(change) >= SLIGHT * Math.abs(values[onset - 1]!)) return false;
  const before = values.subarray(Math.max(0, onset - SEEN), onset);
  return Math.abs(change) < BEYOND_RANGE * (quantile(before, 0.95) - quantile(before, 0.05));
}

/** Whether the series has another blip that comes near this one: blips are what it does. */
function blipsLike([finest]: readonly Scale[], { at, direction }: Edge): boolean {
  if (finest === undefined || finest.width !== 1) return false;
  let size = 0;
  for (let index = Math.max(0, at - BLIP); index <= at + BLIP; index += 1) size = Math.max(size, finest.strength[index]! * direction || 0);
  const [first = 0, second = 0] = finest.largest[direction > 0 ? 0 : 1];
  return size < NEAR * (size < first ? first : second);
}

function lengthOf({ onset, until }: Episode): number {
  return until === null ? Infinity : until - onset;
}

interface Edge {
  readonly at: number;
  readonly scale: Scale;
  readonly width: number;
  readonly strength: number;
  readonly direction: 1 | -1;
}

/** A return can be sharper than what it returns from, as after a slow rise: then the departure is the news. */
function departureOf(contrasts: readonly Contrast[], scales: readonly Scale[], edge: Edge): Edge {
  const length = contrasts[0]!.residual.length;
  const opposite = edge.direction > 0 ? -1 : 1;
  const departure = strongest(scales, Math.max(0, edge.at - length / 4), edge.at - 1, opposite);
  if (departure === null) return edge;
  const contrast = mostCautious(contrasts, edge.at, edge.width);
  const home = meanOf(contrast.calm, departure.at - departure.width - referenceOf(1), departure.at - departure.width / 2);
  const back = meanOf(contrast.calm, edge.at, edge.at + referenceOf(1));
  const change = Math.abs(contrastAt(contrast, edge.at, edge.width));
  return Math.abs(back - home) < SAME * change ? { ...departure, strength: edge.strength } : edge;
}

function strongest(scales: readonly Scale[], from = 0, until = Infinity, only: 1 | -1 | 0 = 0): Edge | null {
  let at = -1;
  let best: Scale | null = null;
  let most = 1;
  let direction: 1 | -1 = 1;
  for (const scale of scales) {
    const { strength } = scale;
    const end = Math.min(strength.length, until);
    for (let index = Math.floor(from); index < end; index += 1) {
      const value = only === 0 ? Math.abs(strength[index]!) : strength[index]! * only;
      if (!(value >= most)) continue;
      at = index;
      best = scale;
      most = value;
      direction = strength[index]! > 0 ? 1 : -1;
    }
  }
  return best === null ? null : { at, scale: best, width: best.width, strength: most, direction };
}

function follow(contrasts: readonly Contrast[], edge: Edge): Episode {
  const { at, scale, width, direction } = edge;
  const contrast = mostCautious(contrasts, at, width);
  const { residual, calm } = contrast;
  const reference = referenceOf(width);
  const before = meanOf(calm, at - reference, at);
  const rough = contrastAt(contrast, at, width);
  const roughEnd = returnsAt(contrast, at, before, rough, width);
  let start = Math.max(0, at - Math.max(2 * width, 16));
  const last = Math.min(residual.length, roughEnd ?? Infinity);
  let end = Math.min(last, Math.max(at + 1, at + Math.max(3 * width, 4)));
  let shape = fitShape(residual, start, end);
  for (let times = 0; times < 4 && shape.isRamp; times += 1) {
    const edge = (end - start) / 8;
    const isCutLeft = shape.from - start < edge && start > 0;
    const isCutRight = end - shape.full < edge && end < last;
    if (!isCutLeft && !isCutRight) break;
    const length = end - start;
    if (isCutLeft) start = Math.max(0, start - length);
    if (isCutRight) end = Math.min(last, end + length);
    shape = fitShape(residual, start, end);
  }
  const onset = shape.change * direction > 0 ? shape.from : at;
  return {
    onset,
    until: returnsAt(contrast, Math.max(onset, at), shape.level, rough, width),
    direction,
    isRamp: shape.isRamp,
    residual,
    level: shape.level,
    change: rough,
    strength: edge.strength,
    width,
    noise: scale.usual,
    needed: scale.needed[direction > 0 ? 0 : 1],
  };
}

/** The expectation that makes the least of it. */
function mostCautious(contrasts: readonly Contrast[], at: number, width: number): Contrast {
  let best = contrasts[0]!;
  let least = Math.abs(contrastAt(best, at, width));
  for (const contrast of contrasts) {
    const size = Math.abs(contrastAt(contrast, at, width));
    if (size < least) {
      best = contrast;
      least = size;
    }
  }
  return best;
}

/** The first sample from which most of the change is gone, for good. */
function returnsAt({ raw, residual }: Contrast, at: number, level: number, change: number, width: number): number | null {
  const half = level + change / 2;
  const hold = Math.max(3, Math.min(12, width));
  const isBack = (value: number) => (value - half) * change < 0;
  for (let index = at + 1; index < residual.length; index += 1) {
    if (!isBack(residual[index]!)) continue;
    if (isBack(meanOf(raw, index, Math.min(residual.length, index + hold)))) return index;
  }
  return null;
}

/** What the episode explains is news once: its beginning, its end, and what lies between when that is short. */
function forget(scales: readonly Scale[], episode: Episode, edge: Edge): void {
  for (const { width, strength } of scales) {
    const margin = Math.max(width, referenceOf(width)) + 2;
    const first = Math.min(episode.onset, edge.at);
    const second = Math.max(episode.onset, edge.at);
    strength.fill(0, Math.max(0, first - width - 2), second + margin);
    if (episode.until === null) {
      if (episode.isRamp) strength.fill(0, first, strength.length);
      continue;
    }
    strength.fill(0, Math.max(0, episode.until - width - 2), episode.until + margin);
    if (episode.isRamp || episode.until - episode.onset < 2 * margin) strength.fill(0, first, episode.until);
  }
}
