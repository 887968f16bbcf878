import type { MilestoneName, Question } from "../contract/draft.js";
import { questionsOnAbsences } from "./absences.js";
import type { Judged } from "./highlights.js";
import type { Milestones } from "./milestones.js";
import { type Nature, natureOf } from "./nature.js";
import type { Scene } from "./scene.js";

/** With how and what, never why and who: what the evidence cannot tell and the people who were there can. */
const ASK: Readonly<Record<Nature, string>> = {
  observation: "What was seen, and where? What made it stand out, and what else would have shown it?",
  judgment: "How was this concluded? What else fitted the facts then, and how sure did it feel?",
  decision: "Which options were on the table? What was given up, and what would have changed it?",
  knowledge: "How was this known? Where can it be found, and how would others have come to know it?",
  action: "What was it meant to do? What was expected next, and what other ways were there?",
  "call for help": "What signalled the need? How were the right people found?",
};

const MISSING: Readonly<Record<MilestoneName, string>> = {
  impactStart: "When did the impact begin, and what shows it?",
  detected: "How was the impact noticed first, and what would have shown it earlier?",
  acknowledged: "How did the response begin?",
  declared: "How was the incident made known to others?",
  mitigated: "What made the impact smaller, and when?",
  recovered: "What shows that things were back to usual, and since when?",
  resolved: "How was it decided that the incident was over?",
};

/** A handful, at the pivots: one of each nature, at the entries that are put forward most, and what is missing where it is. */
export function questionsAt(scene: Scene, entries: readonly Judged[], milestones: Milestones): Question[] {
  const { named } = milestones;
  const asked = questionsOnAbsences(scene, entries, milestones);
  const pivots = entries
    .filter((each) => each.highlighted)
    .sort((a, b) => weight(b) - weight(a) || a.candidate.entry.at - b.candidate.entry.at);
  const seen = new Set<Nature>();
  for (const each of pivots) {
    const { entry, plain } = each.candidate;
    const nature = natureOf({ category: entry.category, plain });
    if (nature === null || seen.has(nature)) continue;
    seen.add(nature);
    asked.push({ entry: each.candidate.entry.id, text: ASK[nature] });
  }
  const position = new Map(entries.map((each, index) => [each.candidate.entry.id, index]));
  asked.sort((a, b) => position.get(a.entry!)! - position.get(b.entry!)!);
  const open = (Object.keys(MISSING) as MilestoneName[]).filter(
    (name) => named[name].state !== "found" || named[name].entries.length === 0,
  );
  return [...asked, ...open.map((name): Question => ({ entry: null, text: MISSING[name] }))];
}

function weight({ score, milestone }: Judged): number {
  return score + (milestone === null ? 0 : 1);
}
