import { scalesOf } from "./edges.js";
import { type Episode, episodesIn } from "./episodes.js";
import { daysOf, type Lanes } from "./lanes.js";
import { contrastOf } from "./moving-sums.js";
import { median, quantile, runningMedian, sigma } from "./robust.js";

/** A stretch in which the values scatter more than usual, to both sides. Indices; `until` null: to the end. */
export interface Unsteady {
  readonly onset: number;
  readonly until: number | null;
  readonly strength: number;
}

/** How much a series scatters takes more samples to tell than where it is. */
const NARROWEST = 16;
/** Half of the samples that gives the centre which scatter is taken around. */
const AROUND = 7;
/** Scatter has two sides: at least this part of what is far off is on the lesser one. */
const LESSER_SIDE = 0.25;

/** Changes of scatter, found as changes of level are, in the root of the distance from the running centre. Pure. */
export function unsteadyIn(lanes: Lanes, levels: readonly Episode[]): readonly Unsteady[] {
  const { values } = lanes.window;
  if (quantile(scatter(values), 0.5) === 0) return [];
  const contrasts = [contrastOf(scatter(values))];
  const scales = scalesOf(
    contrasts,
    lanes.baselines.map((lane) => [contrastOf(scatter(lane.values))]),
    daysOf(lanes),
    NARROWEST,
  );
  const isSustained = ({ onset, until }: Episode, unsteady: Episode) =>
    until === null || until - onset > ((unsteady.until ?? values.length) - unsteady.onset) / 2;
  return episodesIn(contrasts, scales, lanes.window.step).filter(
    (each) =>
      each.direction > 0 &&
      hasTwoSides(values, each) &&
      !levels.some(
        (level) => Math.abs(level.onset - each.onset) < NARROWEST && level.strength > 2 * each.strength && isSustained(level, each),
      ),
  );
}

function scatter(values: Float64Array): Float64Array {
  const centre = runningMedian(values, AROUND);
  return values.map((value, index) => Math.sqrt(Math.abs(value - centre[index]!)));
}

function hasTwoSides(values: Float64Array, { onset, until }: Episode): boolean {
  const before = values.slice(Math.max(0, onset - 120), onset);
  const level = median(before);
  const far = 2 * sigma(before.map((value) => value - level));
  let above = 0;
  let below = 0;
  for (let index = onset; index < (until ?? values.length); index += 1) {
    if (values[index]! - level > far) above += 1;
    if (level - values[index]! > far) below += 1;
  }
  return above + below > 8 && Math.min(above, below) >= LESSER_SIDE * (above + below);
}
