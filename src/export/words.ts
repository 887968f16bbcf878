import type { AnomalyKind } from "../contract/detect.js";
import type { BuildInfo, CoverageLine, Draft, Entry, Milestone, MilestoneName, Phase } from "../contract/draft.js";
import { formatDuration } from "../kit/duration.js";
import { groupBy } from "../kit/group-by.js";
import { compareText } from "../kit/text.js";
import { MICROS_PER_SECOND } from "../kit/instant.js";
import { isoShort, timeOf } from "./moment.js";

export const PHASE_LABELS: Readonly<Record<Phase, string>> = {
  before: "Before",
  detection: "Detection",
  diagnosis: "Diagnosis",
  mitigation: "Mitigation",
  recovery: "Recovery",
  after: "After",
};

export const ANOMALY_WORDS: Readonly<Record<AnomalyKind, string>> = {
  spike: "rose for a while",
  drop: "fell for a while",
  level_shift: "moved to another level",
  ramp: "moved steadily away from its usual value",
  flatline: "stopped changing",
  missing: "stopped reporting",
  variance: "became unsteady",
};

export const MILESTONE_LABELS: Readonly<Record<MilestoneName, string>> = {
  impactStart: "Impact start",
  detected: "Detected",
  acknowledged: "Acknowledged",
  declared: "Declared",
  mitigated: "Mitigated",
  recovered: "Recovered",
  resolved: "Resolved",
};

/**
 * The milestone that an entry shows, in words. It can be the end of the entry (a metric that is back to usual): its own
 * time is told then. Empty where it shows none.
 */
export function milestoneText({ milestone, at }: Pick<Entry, "milestone" | "at">, { milestones }: Pick<Draft, "milestones">): string {
  if (milestone === null) return "";
  const own = milestones[milestone].at;
  return own === null || own === at ? MILESTONE_LABELS[milestone] : `${MILESTONE_LABELS[milestone]} at ${timeOf(own, MICROS_PER_SECOND)}`;
}

export const MILESTONE_STATES: Readonly<Record<Milestone["state"], string>> = {
  found: "found",
  missing: "not found",
  "invalid order": "invalid order",
};

/** Not asked, asked without finding, found and failed: four different words. */
export function foundText({ state, seen }: Pick<CoverageLine, "state" | "seen">): string {
  if (state === "not asked") return "not asked";
  if (state === "failed") return seen === 0 ? "failed" : `failed after ${seen}`;
  const found = seen === 0 ? "asked, none found" : `${seen} found`;
  return state === "partial" ? `${found}, not complete` : found;
}

/** `4 min 10 s before the impact start`. */
export function distanceText(beforeImpactMicros: number | null): string {
  if (beforeImpactMicros === null) return "distance not known";
  if (beforeImpactMicros === 0) return "at the impact start";
  return `${formatDuration(beforeImpactMicros)} ${beforeImpactMicros > 0 ? "before" : "after"} the impact start`;
}

/** When and by what a file was made; answers that are older are named with the oldest of their times. One line. */
export function builtText({ at, version, openUntil, checkedSince }: BuildInfo): string {
  const older = [...groupBy(checkedSince, ({ connector, source }) => `${connector} ${source}`)]
    .map(([name, each]) => `${name} since ${isoShort(Math.min(...each.map((one) => one.at)))}`)
    .sort(compareText);
  const open = openUntil ? " The incident or the time after it was not over then." : "";
  return `Built at ${isoShort(at)} by incident-timeline ${version}.${open}${older.length === 0 ? "" : ` Not asked again: ${older.join("; ")}.`}`;
}
