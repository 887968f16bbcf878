import type { GeneratedUnit } from "../../contract/owner-file.js";
import { sectionOf, table } from "./units.js";

/** For the owner to fill; the prompts are theirs to delete. */
const SECTIONS: readonly (readonly [key: string, title: string, prompt: string])[] = [
  ["helped", "What helped", "What went well, was prepared, or was lucky? What should stay as it is?"],
  ["slowed", "What slowed us down", "What took longer than it needed to: finding, reaching, deciding, trying, waiting?"],
  ["surprised", "What surprised us", "What was different from what people expected, and what had made that expectation reasonable?"],
  ["lessons", "Lessons", "What do we know now about how the system works that we did not know before?"],
];

export function ownerSections(): GeneratedUnit[] {
  const sections = SECTIONS.flatMap(([key, title, prompt]) => {
    return sectionOf(key, `## ${title}`, [
      { key: "prompt", text: `_${prompt}_` },
      { key: "own", text: "-" },
    ]);
  });
  const actions = sectionOf("actions", "## Action items", [
    { key: "prompt", text: "_A verb first, a narrow scope, how to tell that it is done, and one owner._" },
    ...table("", ["Action", "Done when", "Owner", "Due"], [["own", "", "", "", ""]]),
  ]);
  return [...sections, ...actions].map((unit) => ({ ...unit, prompt: true as const }));
}
