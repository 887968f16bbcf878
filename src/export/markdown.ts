import type { DocumentExporter, ExportInput } from "../contract/export.js";
import type { GeneratedUnit } from "../contract/owner-file.js";
import type { Slot } from "../contract/template.js";
import { line } from "./markdown/body.js";
import { contributingChanges } from "./markdown/changes.js";
import { coverage } from "./markdown/coverage.js";
import { fourQuestions } from "./markdown/four-questions.js";
import { fromTemplate, type Block } from "./markdown/from-template.js";
import { frontMatter } from "./markdown/front-matter.js";
import { glossary } from "./markdown/glossary.js";
import { notOnTheTimelineYet } from "./markdown/leftovers.js";
import { metricFindings } from "./markdown/metrics.js";
import { milestoneTable } from "./markdown/milestones.js";
import { openQuestions } from "./markdown/open-questions.js";
import { ownerSections } from "./markdown/owner-sections.js";
import { participants } from "./markdown/people.js";
import { beforeTheIncident, timeline } from "./markdown/timeline.js";
import { unitsOf } from "./markdown/units.js";

const BLOCKS: Readonly<Record<Slot, Block>> = {
  title: { name: "the title", units: title },
  questions: { name: "the four questions", units: fourQuestions },
  milestones: { name: "milestones", units: milestoneTable },
  before: { name: "what was before the incident", units: beforeTheIncident },
  timeline: { name: "the timeline", units: timeline },
  changes: { name: "contributing changes", units: contributingChanges },
  metrics: { name: "what stood out in the metrics", units: metricFindings },
  "open-questions": { name: "open questions", units: openQuestions },
  participants: { name: "participants", units: participants },
  glossary: { name: "the glossary", units: glossary },
  sections: { name: "the sections for the owner", units: ownerSections },
  coverage: { name: "coverage", units: coverage },
  rest: { name: "what is not on the timeline yet", units: notOnTheTimelineYet },
};

/** The owner's file: made to be read raw, rendered, edited by hand, and built again. The merge puts it together. */
export const markdown: DocumentExporter = {
  format: "md",
  extension: ".md",
  units: (input) => fromTemplate(frontMatter(input), input, BLOCKS),
};

function title({ draft }: ExportInput): GeneratedUnit[] {
  return unitsOf("title", [{ key: "", text: `# ${line(draft.incident.title) || "Incident"}` }]);
}
