import type { Question } from "../contract/draft.js";
import { formatDuration } from "../kit/duration.js";
import { type EpochMicros, MICROS_PER_MINUTE } from "../kit/instant.js";
import type { Candidate } from "./candidate.js";
import type { Judged } from "./highlights.js";
import { firstSignOf } from "./impact.js";
import type { Milestones } from "./milestones.js";
import { natureOf } from "./nature.js";
import { isResponder, type Scene } from "./scene.js";
import { isQuestion } from "./speech.js";

/** What is expected to follow does so within this time, or is asked about. */
const SOON = 15 * MICROS_PER_MINUTE;
/** Nobody waits so long without a word, unless everybody writes seldom. */
const SILENT = 20 * MICROS_PER_MINUTE;
const TIMES_USUAL = 4;
const LONG_BEFORE = 10 * MICROS_PER_MINUTE;

/**
 * Asks about what the evidence does not show where it would be expected: at most one question of each sort, at the entry after
 * which it is missing. It may have been said on a call; that is what the question is for.
 */
export function questionsOnAbsences(scene: Scene, entries: readonly Judged[], milestones: Milestones): Question[] {
  const forward = entries.filter(({ highlighted }) => highlighted).map(({ candidate }) => candidate);
  const during = { forward, spoken: spokenIn(scene, milestones), scene, milestones };
  return [earlySign, unseenSign, actWithoutLook, loneDecision, silence].flatMap((ask) => ask(during) ?? []);
}

interface During {
  /** What is put forward, in order. */
  readonly forward: readonly Candidate[];
  /** What responders said from the impact start to the end, wherever. */
  readonly spoken: readonly Candidate[];
  readonly scene: Scene;
  readonly milestones: Milestones;
}

function spokenIn(scene: Scene, { named }: Milestones): Candidate[] {
  const from = named.impactStart.at ?? scene.start;
  const until = named.resolved.at ?? scene.end;
  return scene.candidates.filter(
    ({ entry, item }) =>
      entry.category === "conversation" && entry.at >= from && entry.at <= until && isResponder(scene, item?.person ?? null),
  );
}

function earlySign({ scene, forward, milestones: { named } }: During): Question | null {
  const { impactStart, detected } = named;
  if (impactStart.at === null || detected.state !== "found" || detected.at === null) return null;
  const first = firstSignOf(scene, impactStart.at);
  if (detected.at - first < LONG_BEFORE) return null;
  const sign = forward.find((each) => (first === impactStart.at ? impactStart.entries[0] === each.entry.id : isFiringAt(each, first)));
  const text = `This was ${formatDuration(detected.at - first)} before it was detected. What would have shown it then, and where?`;
  return sign === undefined ? null : { entry: sign.entry.id, text };
}

function isFiringAt({ entry, item }: Candidate, at: EpochMicros): boolean {
  return entry.at === at && item?.signals.transition === "triggered";
}

function unseenSign({ forward, spoken, scene }: During): Question | null {
  const until = scene.end - SOON;
  const sign = forward.find(
    ({ entry, anomaly, item }) =>
      (anomaly !== null || item?.signals.transition === "triggered") &&
      entry.at >= scene.start &&
      entry.at <= until &&
      !isFollowed(entry.at, spoken),
  );
  const text = `Nobody is seen to have spoken within ${formatDuration(SOON)} of this. How would somebody have come to know of it?`;
  return sign === undefined ? null : { entry: sign.entry.id, text };
}

function actWithoutLook({ forward, spoken, scene, milestones: { ends } }: During): Question | null {
  const act = forward.find(
    (each) =>
      isDone(each) &&
      each.entry.at >= scene.start &&
      each.entry.at <= scene.end &&
      !isFollowed(each.entry.at, spoken) &&
      !ends.some((end) => isSoonAfter(end, each.entry.at)),
  );
  const text = "Nothing is seen that tells what came of it. What was looked at to see whether it had worked?";
  return act === undefined ? null : { entry: act.entry.id, text };
}

function isDone({ entry, plain }: Candidate): boolean {
  return natureOf({ category: entry.category, plain }) === "action";
}

function loneDecision({ forward, spoken, scene }: During): Question | null {
  const decision = forward.find(({ entry, plain }) => {
    if (entry.at < scene.start || natureOf({ category: entry.category, plain }) !== "decision") return false;
    return !spoken.some((other) => isSoonAfter(entry.at, other.entry.at) && (isQuestion(other.plain) || isWeighed(other)));
  });
  const text = "No other way is seen to have been talked over before this. Which were there, and what spoke for each?";
  return decision === undefined ? null : { entry: decision.entry.id, text };
}

function isWeighed({ entry, plain }: Candidate): boolean {
  const nature = natureOf({ category: entry.category, plain });
  return nature === "judgment" || nature === "decision";
}

/** The longest one in the incident's own channel, at what is put forward last before it. */
function silence({ forward, spoken }: During): Question | null {
  const times = spoken.filter(({ item }) => item?.signals.incidentChannel === true).map(({ entry }) => entry.at);
  const gaps = times.slice(1).map((at, index) => ({ from: times[index]!, micros: at - times[index]! }));
  const usual = gaps.map(({ micros }) => micros).sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  const longest = gaps.toSorted((a, b) => b.micros - a.micros)[0];
  const last = longest === undefined ? undefined : forward.findLast(({ entry }) => entry.at <= longest.from);
  if (longest === undefined || last === undefined || longest.micros < Math.max(SILENT, TIMES_USUAL * usual)) return null;
  const text = `Nobody at work wrote in the incident's channel for ${formatDuration(longest.micros)} after this. What was done then, and how did others know of it?`;
  return { entry: last.entry.id, text };
}

function isFollowed(at: EpochMicros, spoken: readonly Candidate[]): boolean {
  return spoken.some(({ entry }) => isSoonAfter(entry.at, at));
}

function isSoonAfter(later: EpochMicros, at: EpochMicros): boolean {
  return later > at && later <= at + SOON;
}
