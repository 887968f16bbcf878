import type { Milestone } from "../contract/draft.js";
import { type EpochMicros, MICROS_PER_HOUR, MICROS_PER_MINUTE } from "../kit/instant.js";
import type { Candidate } from "./candidate.js";
import { alertsAround, anomaliesAround, isSaid, monitorKey, type Scene } from "./scene.js";
import { actsOf, isDigression, isElsewhere, isQuestion } from "./speech.js";

const BEFORE_IMPACT = 5 * MICROS_PER_MINUTE;
const AFTER_IMPACT = 30 * MICROS_PER_MINUTE;

/** What fired or bent around the impact start, and when it was over, where it was. */
interface Sign {
  readonly end: EpochMicros | null;
  /** The entry that tells of the end: the recovery of a monitor, the anomaly itself. */
  readonly teller: Candidate;
}

export interface Recovery {
  readonly recovered: Milestone;
  /** When half of the signs were over; null where they never were. */
  readonly halfway: Milestone | null;
  /** When each of the signs was over, ascending. */
  readonly ends: readonly EpochMicros[];
}

/** The instant by which three out of four of the signs of the beginning were over. One that stays noisy does not count. */
export function findRecovery(scene: Scene, impact: EpochMicros): Recovery {
  const signs = aboutIncident(signsOf(scene, impact), scene);
  const ended = signs.filter((sign): sign is EndedSign => sign.end !== null).sort((a, b) => a.end - b.end);
  const ends = ended.map(({ end }) => end);
  const recovered = byThen(ended, signs.length, 0.75);
  if (recovered !== null) return { recovered, halfway: byThen(ended, signs.length, 0.5), ends };
  const what = signs.length === 0 ? "none was found near the impact start" : `${ended.length} of ${signs.length} did`;
  const because = `looked for alerts and metrics that went back to usual; ${what}`;
  return { recovered: { state: "missing", at: null, entries: [], because }, halfway: null, ends };
}

type EndedSign = Sign & { readonly end: EpochMicros };

function byThen(ended: readonly EndedSign[], all: number, part: number): Milestone | null {
  const needed = Math.ceil(all * part);
  const last = needed === 0 ? undefined : ended[needed - 1];
  if (last === undefined) return null;
  const because = `${needed} of ${all} alerts and metrics that marked the beginning were back to usual`;
  return { state: "found", at: last.end, entries: [last.teller.entry.id], because };
}

/** Where some signs speak of the incident, those that do not are somebody else's. */
function aboutIncident(signs: readonly Sign[], scene: Scene): readonly Sign[] {
  const about = signs.filter((sign) => scene.topicOf(sign.teller) >= 0.3);
  return about.length >= 2 ? about : signs;
}

function signsOf(scene: Scene, impact: EpochMicros): Sign[] {
  const from = impact - BEFORE_IMPACT;
  const until = impact + AFTER_IMPACT;
  const horizon = scene.end + MICROS_PER_HOUR;
  const alerts = alertsAround(scene, from, until).map((alert): Sign => {
    const recoveries = scene.monitors.get(monitorKey(alert))?.recovered ?? [];
    const over = recoveries.find((each) => each.entry.at > alert.entry.at && each.entry.at <= horizon);
    return { end: over?.entry.at ?? null, teller: over ?? alert };
  });
  const anomalies = anomaliesAround(scene, from, until, 0.5).map((each): Sign => {
    const { endedAt } = each.entry;
    return { end: endedAt !== null && endedAt <= horizon ? endedAt : null, teller: each };
  });
  return [...alerts, ...anomalies];
}

/** A revert, a change in `named`, or somebody in the incident channel who says that something was done. */
export function isMitigating({ item, entry, plain }: Candidate, named: ReadonlySet<string>): boolean {
  if (item === null || !isSaid(item)) return false;
  if (entry.category === "change") {
    const isWanted = item.refs.some((ref) => ref.relation === "reverts") || (item.change !== null && named.has(item.change));
    return isWanted && !isElsewhere(plain);
  }
  if (item.signals.incidentChannel !== true || item.person === null || isQuestion(plain)) return false;
  const isOfNow = !/\bat \d{1,2}[:.]\d\d\b/.test(plain.slice(0, 2000));
  return isOfNow && actsOf(plain).has("action") && !isDigression(plain) && !isElsewhere(plain);
}
