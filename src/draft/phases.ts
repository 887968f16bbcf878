import { phaseAt, type Milestone, type MilestoneName, type Phase, type PhaseBorders } from "../contract/draft.js";
import type { EpochMicros } from "../kit/instant.js";
import type { Milestones } from "./milestones.js";

export interface Phases {
  readonly borders: PhaseBorders;
  readonly phaseOf: (at: EpochMicros) => Phase;
  /** Borders that were not found, and what stands for them. */
  readonly notes: readonly string[];
}

/**
 * before < impact start <= detection < acknowledged <= diagnosis < first mitigating action <= mitigation <= mitigated <
 * recovery <= resolved < after: the act that mitigates is the last of the mitigation, the message that ends it all the last of
 * the recovery. Where signs, not an act, show that it was mitigated, they are the first of the recovery. A missing border
 * falls back to the next one that was found, at the ends to the reported start and end: the phase between two equal borders
 * is empty.
 */
export function phasesOf({ named, firstMitigation, isMitigatedByAct }: Milestones, start: EpochMicros, end: EpochMicros): Phases {
  const borders: { phase: Phase; name: string; at: EpochMicros | null; endsThere?: boolean }[] = [
    { phase: "detection", name: "impact start", at: instantOf(named, "impactStart") },
    { phase: "diagnosis", name: "acknowledged", at: instantOf(named, "acknowledged") },
    { phase: "mitigation", name: "first mitigating action", at: firstMitigation?.entry.at ?? null },
    { phase: "recovery", name: "mitigated", at: instantOf(named, "mitigated"), endsThere: isMitigatedByAct },
    { phase: "after", name: "resolved", at: instantOf(named, "resolved"), endsThere: named.resolved.entries.length > 0 },
  ];
  const notes: string[] = [];
  const found: { phase: Phase; from: EpochMicros }[] = [];
  let next = { name: "reported end", at: borders.reduce((latest, { at }) => Math.max(latest, at ?? latest), end) };
  for (const border of borders.toReversed()) {
    if (border.at === null || border.at > next.at) {
      const isFirst = border.phase === "detection";
      const stand = isFirst ? { name: "reported start", at: Math.min(start, next.at) } : next;
      notes.unshift(`The border "${border.name}" was not found in order; "${stand.name}" stands for it.`);
      next = { name: border.name, at: stand.at };
    } else next = { name: border.name, at: border.at };
    const isLastOfPhaseBefore = border.at === next.at && border.endsThere === true;
    found.unshift({ phase: border.phase, from: isLastOfPhaseBefore ? next.at + 1 : next.at });
  }
  return { notes, borders: found, phaseOf: (at) => phaseAt(at, found) };
}

function instantOf(named: Readonly<Record<MilestoneName, Milestone>>, name: MilestoneName): EpochMicros | null {
  return named[name].state === "found" ? named[name].at : null;
}
