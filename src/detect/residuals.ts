import type { Grid } from "./grid.js";
import { median } from "./robust.js";

/**
 * How far each bucket is from what earlier days make usual; without earlier days the values themselves. What lies
 * between two earlier days is usual, so an incident of last week is not missed today.
 */
export function residualsOf(grid: Grid): Float64Array {
  const { values, low, high, hasBaseline } = grid;
  if (!hasBaseline) return values;
  const shift = todaysShift(grid);
  return values.map((value, index) => {
    if (Number.isNaN(low[index]!)) return Number.NaN;
    const today = value - shift;
    return today > high[index]! ? today - high[index]! : Math.min(0, today - low[index]!);
  });
}

/** A day may be busier as a whole than its predecessors: the first quarter of the window tells by how much. */
function todaysShift({ values, low, high }: Grid): number {
  const differences: number[] = [];
  for (let index = 0; index < Math.ceil(values.length / 4); index += 1) {
    const middle = (low[index]! + high[index]!) / 2;
    if (!Number.isNaN(values[index]! - middle)) differences.push(values[index]! - middle);
  }
  return differences.length === 0 ? 0 : median(differences);
}
