import type { Milestone, MilestoneName } from "../contract/draft.js";
import { MILESTONES } from "../contract/draft.js";
import { type EpochMicros, MICROS_PER_HOUR, MICROS_PER_MINUTE } from "../kit/instant.js";
import { type Candidate, isBetween } from "./candidate.js";
import { findImpact } from "./impact.js";
import { findRecovery, isMitigating } from "./recovery.js";
import { alertsAround, isResponder, isSaid, NEAR_START, type Scene } from "./scene.js";
import { actsOf, isDigression } from "./speech.js";

/** From here on a text counts as speaking of the incident. */
const ABOUT = 0.3;

export interface Milestones {
  readonly named: Readonly<Record<MilestoneName, Milestone>>;
  /** When each alert and metric that marked the beginning was back to usual, ascending. */
  readonly ends: readonly EpochMicros[];
}

/** What is looked for, where it is found and why it counts, in words. Each is a fact about entries, never a verdict. */
export function findMilestones(scene: Scene): Milestones {
  const impactStart = findImpact(scene);
  const impact = impactStart.at ?? scene.start;
  const detected = findDetected(scene, impact);
  const acknowledged = findAcknowledged(scene, detected.at ?? impact);
  const declared = findDeclared(scene, impact);
  const { recovered, halfway, ends } = findRecovery(scene, impact);
  const responseBegan = acknowledged.at ?? detected.at ?? impact;
  const actions = mitigatingActions(scene, responseBegan);
  const mitigated = findMitigated(actions, recovered, halfway);
  const resolved = findResolved(scene, recovered.at ?? mitigated.at ?? responseBegan);
  const named = { impactStart, detected, acknowledged, declared, mitigated, recovered, resolved };
  return { named: inOrder(named), ends };
}

function found(candidate: Candidate, because: string): Milestone {
  return { state: "found", at: candidate.entry.at, entries: [candidate.entry.id], because };
}

function missing(because: string): Milestone {
  return { state: "missing", at: null, entries: [], because };
}

function findDetected(scene: Scene, impact: EpochMicros): Milestone {
  const alerts = [...scene.monitors.values()]
    .filter((monitor) => !monitor.isElsewhere)
    .flatMap((monitor) => monitor.triggered.find((each) => isBetween(each, impact, scene.end)) ?? []);
  const telling = [
    alerts.filter((each) => scene.topicOf(each) >= ABOUT),
    alerts.filter((each) => each.item?.signals.severity === "critical"),
    alertsAround(scene, impact, impact + NEAR_START.after),
  ].find((each) => each.length > 0);
  const alert = (telling ?? []).reduce<Candidate | null>((first, each) => (first && first.entry.at <= each.entry.at ? first : each), null);
  const word = scene.channel.find((each) => isBetween(each, impact, scene.end)) ?? null;
  if (alert !== null && (word === null || alert.entry.at <= word.entry.at))
    return found(
      alert,
      "first alert at or after the impact start that speaks of what the incident is about, is critical or was quiet before",
    );
  if (word !== null) return found(word, "first message in the incident channel; no alert came before it");
  return missing("looked for a first alert or a first message in an incident channel at or after the impact start");
}

function findAcknowledged(scene: Scene, after: EpochMicros): Milestone {
  const first = scene.candidates.find((candidate) => {
    const { item, entry } = candidate;
    if (entry.at <= after || entry.at > scene.end || item === null || item.person === null || !isSaid(item)) return false;
    if (entry.category !== "conversation" || item.signals.automated === true) return false;
    return item.signals.incidentChannel === true || isTakenUp(scene, candidate);
  });
  return first
    ? found(first, "first message after detection by somebody who then took part in the incident channel")
    : missing("looked for a first message by a person in an incident channel after detection");
}

/** Before there is a channel, people say it where they always talk: a responder, about this, or that they take it up. */
function isTakenUp(scene: Scene, candidate: Candidate): boolean {
  if (!isResponder(scene, candidate.item?.person ?? null) || isDigression(candidate.plain)) return false;
  return scene.topicOf(candidate) >= ABOUT || actsOf(candidate.plain).has("taking");
}

function findDeclared(scene: Scene, impact: EpochMicros): Milestone {
  const first = scene.channel.find((each) => isBetween(each, impact - MICROS_PER_HOUR, scene.end));
  return first ? found(first, "first message in the incident channel") : missing("looked for a first message in an incident channel");
}

/** What somebody did, said to have done or put into use that was meant to help, from the response on. */
function mitigatingActions(scene: Scene, from: EpochMicros): Candidate[] {
  const responseEnd = scene.end + MICROS_PER_HOUR;
  // Somebody in the incident channel names what is done there; what is done at the same time and not named is somebody else's.
  const named = new Set(scene.channel.flatMap(({ item }) => item?.mentions ?? []));
  return scene.candidates.filter((each) => each.entry.at > from && each.entry.at <= responseEnd && isMitigating(each, named));
}

const SHOWS_WITHIN = 20 * MICROS_PER_MINUTE;

/** The act nearest before things went back to normal; where none is near, when half of the signs were over. */
function findMitigated(actions: readonly Candidate[], recovered: Milestone, halfway: Milestone | null): Milestone {
  const { at } = recovered;
  if (at === null) return missing("looked for an action before the recovery of the alerts and metrics, and found no recovery");
  const last = actions.filter((each) => each.entry.at <= at).at(-1);
  if (last === undefined || at - last.entry.at > SHOWS_WITHIN) return halfway ?? recovered;
  return found(last, "last action before most of the alerts and metrics went back to usual");
}

const AFTER_END = 30 * MICROS_PER_MINUTE;

function findResolved(scene: Scene, after: EpochMicros): Milestone {
  const closing = scene.channel.filter((each) => isBetween(each, after, scene.end + AFTER_END) && actsOf(each.plain).has("closing"));
  const last = closing.at(-1);
  if (last !== undefined) return found(last, "last message in the incident channel that says it is over");
  const marked = mostMarkedAtEnd(scene, after);
  return marked !== null
    ? found(marked, "the message near the reported end that most readers marked")
    : missing("looked for a message in the incident channel that says it is over");
}

/** In any language people mark the message that ends it. */
function mostMarkedAtEnd(scene: Scene, after: EpochMicros): Candidate | null {
  const from = Math.max(after, scene.end - AFTER_END);
  let most: Candidate | null = null;
  for (const each of scene.channel) {
    const marks = each.item?.signals.reactions ?? 0;
    if (marks < 3 || !isResponder(scene, each.item?.person ?? null) || !isBetween(each, from, scene.end + AFTER_END)) continue;
    if (marks > (most?.item?.signals.reactions ?? 0)) most = each;
  }
  return most;
}

/** Being declared may come early or late; the others follow each other, and one that does not is said to be out of order. */
function inOrder(named: Record<MilestoneName, Milestone>): Record<MilestoneName, Milestone> {
  let latest = -Infinity;
  const checked = { ...named };
  for (const name of MILESTONES) {
    const { at } = named[name];
    if (at === null || name === "declared") continue;
    if (at < latest)
      checked[name] = { ...named[name], state: "invalid order", because: `${named[name].because}; it lies before an earlier milestone` };
    else latest = at;
  }
  return checked;
}
