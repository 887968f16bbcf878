import type { Phase } from "../contract/draft.js";
import { type EpochMicros, MICROS_PER_MINUTE } from "../kit/instant.js";
import type { Candidate } from "./candidate.js";
import { isRevert } from "./changes.js";
import { type Act, actsOf } from "./speech.js";

const SIGNS_WITHIN = 15 * MICROS_PER_MINUTE;

/**
 * Responders look and act by turns, so the time alone places an entry only roughly. What shows the beginning belongs to
 * the detection though somebody acted already, and what is found out after a first action is still diagnosis.
 */
export function phaseOfEntry(candidate: Candidate, byTime: Phase, impact: EpochMicros): Phase {
  if (byTime === "before" || byTime === "after" || byTime === "detection") return byTime;
  const { entry, item } = candidate;
  const isSign = entry.category === "metric" || (entry.category === "alert" && item?.signals.transition !== "recovered");
  if (isSign) return entry.at <= impact + SIGNS_WITHIN ? "detection" : byTime;
  if (entry.category === "alert") return byTime === "mitigation" && entry.at > impact + 2 * SIGNS_WITHIN ? "recovery" : byTime;
  if (entry.category === "change") return isRevert(item) ? "mitigation" : byTime;
  return entry.category === "conversation" ? bySaying(actsOf(candidate.plain), byTime) : byTime;
}

function bySaying(acts: ReadonlySet<Act>, byTime: Phase): Phase {
  if (byTime === "diagnosis") return byTime;
  if (acts.has("recovery") || acts.has("closing")) return acts.has("action") ? byTime : "recovery";
  if (acts.has("finding") || acts.has("suspicion")) return "diagnosis";
  if (byTime === "recovery" && acts.has("action")) return "mitigation";
  return byTime === "mitigation" && acts.has("status") && !acts.has("action") ? "diagnosis" : byTime;
}
