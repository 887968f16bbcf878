import type { Item, Normalized } from "../contract/item.js";
import { formatDuration } from "../kit/duration.js";
import { type EpochMicros, MICROS_PER_MINUTE, MICROS_PER_SECOND } from "../kit/instant.js";
import { compareText } from "../kit/text.js";

type Skew = Normalized["suspectedSkew"][number];

const SMALLEST = 2 * MICROS_PER_MINUTE;
const STEADY = 30 * MICROS_PER_SECOND;
const ENOUGH_PAIRS = 3;

/**
 * Clocks that differ, told by pairs only: two vendors report the same run or deployment by its id, at least three
 * times, always with the same distance of more than two minutes to the nearest time that the other gives. Fewer pairs
 * or changing distances are delays, and no finding.
 */
export function suspectSkew(items: readonly Item[]): Skew[] {
  const offsets = new Map<string, number[]>();
  for (const [own, reports] of samePairs(items)) {
    const key = `${connectorOf(reports)}\n${connectorOf(own)}\n${reports.scopeName}`;
    const offset = nearestOffset(reports.at, own);
    offsets.set(key, [...(offsets.get(key) ?? []), offset]);
  }
  return [...offsets].sort(([a], [b]) => compareText(a, b)).flatMap(([key, found]) => judge(key, found));
}

function judge(key: string, offsets: readonly number[]): Skew[] {
  const sorted = offsets.toSorted((a, b) => a - b);
  const low = sorted[0]!;
  const high = sorted.at(-1)!;
  const isOffset = low > SMALLEST || high < -SMALLEST;
  if (sorted.length < ENOUGH_PAIRS || !isOffset || high - low > STEADY) return [];
  const micros = sorted[Math.floor(sorted.length / 2)]!;
  const [reporter, other, scope] = key.split("\n") as [string, string, string];
  const direction = micros > 0 ? "after" : "before";
  return [
    {
      scope,
      micros,
      why: `${sorted.length} runs or deployments stand ${formatDuration(micros)} ${direction} their times at ${other}, as ${reporter} reports them`,
    },
  ];
}

/** The item that is the run or deployment, and what another connector says of it. */
function* samePairs(items: readonly Item[]): Generator<[Item, Item]> {
  const owners = new Map<string, Item>();
  const isThing = (type: string): boolean => type === "run" || type === "deployment";
  for (const item of items)
    for (const ref of item.refs) if (isThing(ref.type) && ref.relation === "is") owners.set(`${ref.type} ${ref.id}`, item);
  for (const item of items) {
    if (item.rule.category !== "change") continue;
    for (const ref of item.refs) {
      const owner = isThing(ref.type) && ref.relation === "of" ? owners.get(`${ref.type} ${ref.id}`) : undefined;
      if (owner !== undefined && connectorOf(owner) !== connectorOf(item)) yield [owner, item];
    }
  }
}

function connectorOf(item: Item): string {
  return item.evidence[0]!.evidence.connector;
}

function nearestOffset(at: EpochMicros, item: Item): number {
  const times = item.evidence.flatMap(({ evidence }) => evidence.times.flatMap((time) => (time.at === null ? [] : [time.at])));
  return times.map((time) => at - time).reduce((a, b) => (Math.abs(b) < Math.abs(a) ? b : a), at - item.at);
}
