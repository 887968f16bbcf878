import type { DocumentExporter } from "../contract/export.js";
import { line } from "./markdown/body.js";
import { contributingChanges } from "./markdown/changes.js";
import { coverage } from "./markdown/coverage.js";
import { fourQuestions } from "./markdown/four-questions.js";
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

/** The owner's file: made to be read raw, rendered, edited by hand, and built again. The merge puts it together. */
export const markdown: DocumentExporter = {
  format: "md",
  extension: ".md",
  units(input) {
    return [
      ...frontMatter(input),
      ...unitsOf("title", [{ key: "", text: `# ${line(input.draft.incident.title) || "Incident"}` }]),
      ...fourQuestions(input),
      ...milestoneTable(input),
      ...beforeTheIncident(input),
      ...timeline(input),
      ...contributingChanges(input),
      ...metricFindings(input),
      ...openQuestions(input),
      ...participants(input),
      ...glossary(input),
      ...ownerSections(),
      ...coverage(input),
      ...notOnTheTimelineYet(input),
    ];
  },
};
