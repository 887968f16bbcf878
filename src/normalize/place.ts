import type { KindRule } from "../contract/connector.js";
import type { Evidence, ObservedTime } from "../contract/evidence.js";
import type { Window } from "../contract/window.js";
import { type EpochMicros, isPlaceable, isWithin } from "../kit/instant.js";

export interface Placed {
  readonly at: EpochMicros;
  readonly atMeans: string;
  readonly precisionMicros: number;
  readonly sourceText: string;
  readonly endedAt: EpochMicros | null;
  readonly placement: "window" | "context";
}

/**
 * The first of the kind's times that lies inside the span of its category places a record. None inside: it is context,
 * at its first placeable time. null: no time of it can be placed.
 */
export function place(evidence: Evidence, rule: KindRule, window: Window): Placed | null {
  const times = rule.placedBy.flatMap((meaning) => placeableTimes(evidence, meaning));
  const span = window.spans[rule.category];
  const inside = times.find((time) => isWithin(time.at, span));
  const time = inside ?? times[0];
  if (time === undefined) return null;
  return {
    at: time.at,
    atMeans: time.meaning,
    precisionMicros: time.precisionMicros,
    sourceText: time.sourceText,
    endedAt: endOf(evidence, rule, time.at),
    placement: inside ? "window" : "context",
  };
}

type PlaceableTime = ObservedTime & { readonly at: EpochMicros };

function placeableTimes(evidence: Evidence, meaning: string): PlaceableTime[] {
  return evidence.times.filter((time): time is PlaceableTime => time.meaning === meaning && time.at !== null && isPlaceable(time.at));
}

/** An end before its beginning says nothing: the record has no end then. */
function endOf(evidence: Evidence, rule: KindRule, at: EpochMicros): EpochMicros | null {
  if (rule.endedBy === undefined) return null;
  const ended = placeableTimes(evidence, rule.endedBy)[0];
  return ended === undefined || ended.at < at ? null : ended.at;
}
