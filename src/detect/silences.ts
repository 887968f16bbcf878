/** A run of buckets with nothing, or with nothing new. Indices; `until` null: to the end. */
export interface Silence {
  readonly kind: "missing" | "flatline";
  readonly onset: number;
  readonly until: number | null;
  readonly strength: number;
}

/** Shorter runs are hiccups, whatever their odds. */
const MISSING = 5;
const FLAT = 12;
/** A run whose odds are below this, given how often the series is silent, is no chance. */
const LOG_ODDS = -14;
/** And so many times longer than such runs usually get in this series. */
const LONGER = 3;
/** A metric that reports less often than this says nothing by being silent. */
const DENSE = 0.5;

/** Where a metric that always reported stopped, and where one that always moved stood still. Pure. */
export function silencesIn(values: Float64Array, baselines: readonly Float64Array[]): readonly Silence[] {
  return [
    ...longRuns(
      runsOf(values, "missing"),
      baselines.map((lane) => runsOf(lane, "missing")),
      values.length,
      "missing",
    ),
    ...longRuns(
      runsOf(values, "flatline"),
      baselines.map((lane) => runsOf(lane, "flatline")),
      values.length,
      "flatline",
    ),
  ];
}

interface Run {
  readonly onset: number;
  readonly length: number;
  readonly silent: number;
}

function runsOf(values: Float64Array, kind: Silence["kind"]): Run[] {
  return kind === "missing" ? missingRuns(values) : heldRuns(values);
}

function missingRuns(values: Float64Array): Run[] {
  const runs: Run[] = [];
  for (let start = 0; start < values.length; start += 1) {
    if (!Number.isNaN(values[start]!)) continue;
    let end = start;
    while (end < values.length && Number.isNaN(values[end]!)) end += 1;
    runs.push({ onset: start, length: end - start, silent: end - start });
    start = end;
  }
  return runs;
}

/** A missing sample within a held stretch is no move. */
function heldRuns(values: Float64Array): Run[] {
  const runs: Run[] = [];
  let onset = -1;
  let last = -1;
  let held = 0;
  const close = () => {
    if (held > 0) runs.push({ onset: onset + 1, length: last - onset, silent: held });
    held = 0;
  };
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!;
    if (Number.isNaN(value)) continue;
    if (last >= 0 && value === values[last]) held += 1;
    else {
      close();
      onset = index;
    }
    last = index;
  }
  close();
  return runs;
}

function longRuns(runs: readonly Run[], earlier: readonly (readonly Run[])[], length: number, kind: Silence["kind"]): Silence[] {
  const all = [...runs, ...earlier.flat()].sort((a, b) => b.silent - a.silent);
  const total = length * (1 + earlier.length);
  const fewest = kind === "missing" ? MISSING : FLAT;
  return runs.flatMap((run) => {
    if (run.silent < fewest || run.onset < FLAT) return [];
    const others = all.filter((other) => other !== run);
    const silent = others.reduce((sum, other) => sum + other.silent, 0);
    const share = (silent + 1) / Math.max(1, total - run.silent);
    if (share > 1 - DENSE) return [];
    const odds = run.silent * Math.log(share) + Math.log(total);
    const usual = others[2]?.silent ?? 0;
    if (odds > LOG_ODDS || run.silent < LONGER * usual) return [];
    const until = run.onset + run.length;
    return [{ kind, onset: run.onset, until: until < length ? until : null, strength: Math.min(8, odds / LOG_ODDS) }];
  });
}
