/** For the owner to fill; the prompts are theirs to delete. */
const SECTIONS: readonly (readonly [title: string, prompt: string])[] = [
  ["What helped", "What went well, was prepared, or was lucky? What should stay as it is?"],
  ["What slowed us down", "What took longer than it needed to: finding, reaching, deciding, trying, waiting?"],
  ["What surprised us", "What was different from what people expected, and what had made that expectation reasonable?"],
  ["Lessons", "What do we know now about how the system works that we did not know before?"],
];

export function ownerSections(): string {
  const sections = SECTIONS.map(([title, prompt]) => `## ${title}\n\n_${prompt}_\n\n-`);
  const actions = [
    "## Action items",
    "_A verb first, a narrow scope, how to tell that it is done, and one owner._",
    "| Action | Done when | Owner | Due |\n| --- | --- | --- | --- |\n|  |  |  |  |",
  ].join("\n\n");
  return [...sections, actions].join("\n\n");
}
