import type { Exporter } from "../contract/export.js";
import { line } from "./markdown/body.js";
import { contributingChanges } from "./markdown/changes.js";
import { coverage } from "./markdown/coverage.js";
import { fourQuestions } from "./markdown/four-questions.js";
import { frontMatter } from "./markdown/front-matter.js";
import { glossary } from "./markdown/glossary.js";
import { listedOf, notOnTheTimelineYet } from "./markdown/leftovers.js";
import { listMark, sealed, sealOf } from "./markdown/marks.js";
import { metricFindings } from "./markdown/metrics.js";
import { milestoneTable } from "./markdown/milestones.js";
import { openQuestions } from "./markdown/open-questions.js";
import { ownerSections } from "./markdown/owner-sections.js";
import { participants } from "./markdown/people.js";
import { beforeTheIncident, timeline } from "./markdown/timeline.js";

/** The owner's file: made to be read raw, rendered, edited by hand, and built again. */
export const markdown: Exporter = {
  format: "md",
  extension: ".md",
  render(input) {
    const shown = input.draft.entries.filter((entry) => entry.highlighted);
    const parts = [
      frontMatter(input),
      `# ${line(input.draft.incident.title) || "Incident"}`,
      fourQuestions(input),
      milestoneTable(input),
      beforeTheIncident(input),
      timeline(input),
      contributingChanges(input),
      metricFindings(input),
      openQuestions(input),
      participants(input),
      glossary(input),
      ownerSections(),
      coverage(input),
      notOnTheTimelineYet(input),
      listMark([...shown, ...listedOf(input)].map((entry) => entry.id)),
    ];
    return sealed(`${parts.filter((part) => part !== "").join("\n\n")}\n`);
  },
  untouchedHash: sealOf,
};
