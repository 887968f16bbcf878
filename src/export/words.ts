import type { BuildInfo, CoverageLine, Milestone, MilestoneName, Phase } from "../contract/draft.js";
import { formatDuration } from "../kit/duration.js";
import { groupBy } from "../kit/group-by.js";
import { compareText } from "../kit/text.js";
import { isoShort } from "./moment.js";

export const PHASE_LABELS: Readonly<Record<Phase, string>> = {
  before: "Before",
  detection: "Detection",
  diagnosis: "Diagnosis",
  mitigation: "Mitigation",
  recovery: "Recovery",
  after: "After",
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
