import { describe, expect, it } from "vitest";
import type { GeneratedUnit } from "../../src/contract/owner-file.js";
import { mergeFile, type NewlyGenerated } from "../../src/merge/owner-file/merge-file.js";
import { ownersSections } from "../../src/merge/owners-sections.js";

const EVIDENCE = "| Impact start | 11:18:20 | the pool of db-7 ran full of waiting carts |";
const unit = (key: string, section: string, text: string, prompt = false): GeneratedUnit => {
  return { key, section, text, gap: 2, ...(prompt ? { prompt: true as const } : {}) };
};
const UNITS = [
  unit("milestones", "milestones", "## Milestones"),
  unit("milestones/impact", "milestones", EVIDENCE),
  unit("actions", "actions", "## Action items", true),
  unit("actions/prompt", "actions", "_A verb first._", true),
  unit("actions/header", "actions", "| Action | Due |", true),
  unit("actions/rule", "actions", "| --- | --- |", true),
  unit("actions/own", "actions", "| | |", true),
  unit("coverage", "coverage", "## Coverage"),
  unit("coverage/gap", "coverage", "- #inc-partners was not read"),
];
const generated: NewlyGenerated = { incident: "i", drafted: new Set(), roles: [], render: () => UNITS };
const merged = mergeFile(null, generated);
const FILE = merged.action === "write" ? merged.text : "";
const edited = (from: string, to: string) => {
  expect(FILE).toContain(from);
  return FILE.replace(from, to);
};
const taken = (text: string, ...titles: string[]) => ownersSections(text, titles, generated);

describe("ownersSections", () => {
  it("takes what the owner wrote, without comments, prompts and empty rows, and tables with their heads", () => {
    const file = edited("| | |", "| Size the pool | May |\n\nBy then. <!-- not this -->");
    expect(taken(file, "action ITEMS")).toEqual({
      sections: [{ title: "action ITEMS", text: "| Action | Due |\n\n| --- | --- |\n\n| Size the pool | May |\n\nBy then." }],
      remarks: [],
    });
  });

  it("takes nothing of a section that holds what was made of evidence, edited or not, under its heading or another", () => {
    const remark = (title: string) => [
      `"${title}" holds lines that were made of evidence: nothing of it was taken; keep your words under a heading of their own`,
    ];
    const noted = edited(EVIDENCE, `${EVIDENCE}\n\nMine.`);
    expect(taken(noted, "Milestones")).toEqual({ sections: [], remarks: remark("Milestones") });
    expect(taken(noted.replace("waiting carts", "carts that wait"), "Milestones")).toEqual({ sections: [], remarks: remark("Milestones") });
    const renamed = edited("## Milestones", "## For customers");
    expect(taken(renamed, "For customers")).toEqual({ sections: [], remarks: remark("For customers") });
    const moved = edited(EVIDENCE, "").replace("## Coverage", `## For customers\n\n${EVIDENCE}\n\nMine.\n\n## Coverage`);
    expect(taken(moved, "For customers")).toEqual({ sections: [], remarks: remark("For customers") });
  });

  it("leaves out an edited line of ours that was moved under an allowed heading, and keeps the owner's beside it", () => {
    const line = "On 2026-03-04 the pool of db-7 ran full, we think.";
    const file = edited(EVIDENCE, "").replace("## Coverage", `## For customers\n\n${line}\n\nCarts were empty.\n\n## Coverage`);
    expect(taken(file, "For customers")).toEqual({
      sections: [{ title: "For customers", text: "Carts were empty." }],
      remarks: ['1 line under "For customers" repeat what was made of evidence, and were left out'],
    });
  });

  it("says which heading is not there, and that nothing can be told without the closing mark", () => {
    expect(taken(FILE, "For customers", "Action items")).toEqual({ sections: [], remarks: ['the file has no heading "For customers"'] });
    const cut = FILE.slice(0, FILE.indexOf("<!-- incident-timeline"));
    expect(taken(cut, "Action items")).toEqual({
      sections: [],
      remarks: ["the mark at the end of the file was lost: none of your words were taken"],
    });
    expect(taken(cut)).toEqual({ sections: [], remarks: [] });
  });
});
