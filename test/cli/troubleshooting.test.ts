import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { FAILURE_GROUPS } from "../../src/cli/failures.js";

const PAGE = new URL("../../docs/troubleshooting.md", import.meta.url);

/** The page is the table, by what failures are about: whoever searches for an id finds what `timeline help ID` says. */
function page(): string {
  const groups = FAILURE_GROUPS.map(({ title, failures }) => {
    const rows = Object.entries(failures).map(([id, { what, todo }]) => `### ${id}\n\n${what}\n\n${todo}`);
    return `## ${title}\n\n${rows.join("\n\n")}`;
  });
  return `${[INTRODUCTION, ...groups].join("\n\n")}\n`;
}

const INTRODUCTION = `# Troubleshooting

A failure says what happened, where, and what to do, and ends with its id in brackets. The ids below stay the same over
versions; \`timeline help ID\` says the same as this page, also for the reason of a gap (\`timeline help not in channel\`).`;

it("is docs/troubleshooting.md (UPDATE_SCHEMAS=1 writes it)", () => {
  if (process.env["UPDATE_SCHEMAS"]) {
    mkdirSync(new URL(".", PAGE), { recursive: true });
    writeFileSync(PAGE, page());
  }
  expect(readFileSync(PAGE, "utf8")).toBe(page());
});

it("says what happened and what to do in whole sentences", () => {
  for (const { failures } of FAILURE_GROUPS)
    for (const [id, { what, todo }] of Object.entries(failures)) {
      expect(what, id).toMatch(/^[A-Z`].{20,}\.$/);
      expect(todo, id).toMatch(/^[A-Z`].{15,}\.$/);
    }
});
