import type { MilestoneName } from "../../contract/draft.js";
import type { ExportInput } from "../../contract/export.js";
import type { GeneratedUnit } from "../../contract/owner-file.js";
import { formatDuration } from "../../kit/duration.js";
import { toPlain } from "../../kit/rich-text.js";
import { namesOf } from "../names.js";
import { MILESTONE_LABELS } from "../words.js";
import { line } from "./body.js";
import { distanceText } from "./changes.js";
import { entryMention } from "./entry-item.js";
import { shows } from "./from-template.js";
import { anomalyText } from "./metrics.js";
import { lines, sectionOf, type Part } from "./units.js";

const MOST_NAMED = 3;

/** The four questions every reader comes with: what the evidence answers, and prompts for what only the owner knows. */
export function fourQuestions(input: ExportInput): GeneratedUnit[] {
  const answers: readonly (readonly [key: string, question: string, found: readonly Part[], prompt: string])[] = [
    [
      "aware",
      "How did we become aware?",
      milestones(input, "detected", "acknowledged", "declared"),
      "What was noticed first, where, and how did it reach the people who acted?",
    ],
    ["impact", "What was the impact?", impact(input), "Who could not do what, for how long, and how many were they?"],
    ["led", "What led to it?", changes(input), "What made this possible? Name conditions, not people; distances in time are no causes."],
    [
      "resolved",
      "How and when was it resolved?",
      milestones(input, "mitigated", "recovered", "resolved"),
      "What was done, what did it change, and how was it known to be over?",
    ],
  ];
  const parts = answers.flatMap(([key, question, found, prompt]): Part[] => {
    const list = found.map((each) => ({ key: `${key}/${each.key}`, text: `- ${each.text}` }));
    return [
      { key, text: `### ${question}` },
      ...(list.length === 0 ? [{ key: `${key}/none`, text: "_The evidence does not answer this._" }] : lines(list)),
      { key: `${key}/prompt`, text: `_${prompt}_` },
    ];
  });
  return sectionOf("questions", "## The four questions", parts);
}

function milestones(input: ExportInput, ...names: readonly MilestoneName[]): Part[] {
  const entries = new Map(input.draft.entries.map((entry) => [entry.id, entry]));
  return names.flatMap((name) => {
    const { state, at, entries: ids } = input.draft.milestones[name];
    const entry = entries.get(ids[0] ?? "");
    return state === "found" && at !== null && entry
      ? [{ key: name, text: `${MILESTONE_LABELS[name]}: ${entryMention(entry, input, at)}` }]
      : [];
  });
}

function impact(input: ExportInput): Part[] {
  const { milestones, anomalies } = input.draft;
  const [start, over] = [milestones.impactStart.at, milestones.resolved.at ?? milestones.recovered.at];
  const lasted =
    start !== null && over !== null && over > start
      ? [{ key: "lasted", text: `From the impact start until it was over: ${formatDuration(over - start)}` }]
      : [];
  const strongest = [...anomalies].sort((a, b) => b.score - a.score || a.onset - b.onset).slice(0, MOST_NAMED);
  return [...lasted, ...strongest.map((anomaly) => ({ key: anomaly.entry, text: anomalyText(anomaly) }))];
}

function changes(input: ExportInput): Part[] {
  const nearest = input.draft.changes
    .filter((change) => change.beforeImpactMicros !== null && change.beforeImpactMicros >= 0)
    .sort((a, b) => a.beforeImpactMicros! - b.beforeImpactMicros!);
  const named = nearest.slice(0, MOST_NAMED).map((change) => {
    return { key: change.id, text: `${line(toPlain(change.title, namesOf(input)), 120)}: ${distanceText(change.beforeImpactMicros)}` };
  });
  const more =
    nearest.length > named.length
      ? [
          {
            key: "more",
            text: `${named.length} of ${nearest.length} changes before the impact are named here${shows(input, "changes") ? "; see Contributing changes" : ""}`,
          },
        ]
      : [];
  return [...named, ...more];
}
