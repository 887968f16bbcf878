import { describe, expect, it } from "vitest";
import type { ExportInput } from "../../src/contract/export.js";
import { SLOTS } from "../../src/contract/template.js";
import { BUILTIN_TEMPLATES, DEFAULT_TEMPLATE, parseTemplate } from "../../src/export/index.js";
import { markdown } from "../../src/export/markdown.js";
import { mergeFile } from "../../src/merge/owner-file/merge-file.js";
import { ownersTimeline } from "../../src/merge/owner-file/owners-timeline.js";
import { renderMarkdown } from "../support/render-markdown.js";
import { draft, input } from "./support/sample-draft.js";

const styled = (text: string, name = "team.md"): ExportInput => ({ ...input, style: { template: { name, text } } });
const headings = (text: string) => text.match(/^##? .*/gm);
const problemsOf = (text: string) => parseTemplate(text).problems.map((each) => `${each.line}: ${each.text}`);

const TEAM = `> Fill this in within two days.

# Incident report

{{ timeline }}
## What customers saw

_In their words._

- one
- two

\`\`\`text
{{ not a slot }}

kept
\`\`\`

{{questions}}
`;

/** As the merge takes it; entries on the timeline are those that the draft puts forward. */
const generatedOf = (each: ExportInput) => ({
  incident: draft.incident.id,
  drafted: new Set(draft.entries.map(({ id }) => id)),
  roles: [],
  render: (isShown: (id: string, chosen: boolean) => boolean) => {
    const entries = draft.entries.map((entry) => ({ ...entry, highlighted: isShown(entry.id, entry.highlighted) }));
    return markdown.units({ ...each, draft: { ...draft, entries } });
  },
});
const merged = (text: string, each: ExportInput): string => {
  const result = mergeFile(text, generatedOf(each));
  return "text" in result ? result.text : result.proposal;
};

describe("a template of the Markdown", () => {
  it("puts the blocks where its slots are, after the front matter, with its own lines as they stand", () => {
    const text = renderMarkdown(styled(TEAM));

    expect(text.startsWith("---\nincident: ")).toBe(true);
    expect(headings(text)).toEqual(["# Incident report", "## Timeline", "## What customers saw", "## The four questions"]);
    expect(text).toContain("\n---\n\n> Fill this in within two days.\n\n# Incident report\n\n## Timeline\n");
    expect(text).toContain(
      "\n\n## What customers saw\n\n_In their words._\n\n- one\n- two\n\n```text\n{{ not a slot }}\n\nkept\n```\n\n## The four",
    );
  });

  it("says what it leaves out: in the coverage, or at the end", () => {
    expect(renderMarkdown(styled(TEAM))).toMatch(/\n\n_The template team\.md leaves out: the title, milestones, .*\._\n\n<!-- /);
    expect(renderMarkdown(styled("{{ coverage }}\n\n## Last"))).toMatch(/_The template team\.md leaves out: .*\._\n\n## Last\n\n<!-- /);
    expect(renderMarkdown(input)).not.toContain("leaves out");
  });

  it("points to no block that is not there", () => {
    const short = BUILTIN_TEMPLATES.find(({ name }) => name === "short")!;
    const text = renderMarkdown({ ...input, style: { template: short } });

    expect(text).not.toContain("#not-on-the-timeline-yet");
    expect(text).toContain("the rest are in the JSON export.");
  });

  it("comes as default, which has every block in its order", () => {
    expect(renderMarkdown({ ...input, style: { template: DEFAULT_TEMPLATE } })).toBe(renderMarkdown(input));
    expect(parseTemplate(DEFAULT_TEMPLATE.text).parts.map((part) => ("slot" in part ? part.slot : ""))).toEqual([...SLOTS]);
    expect(BUILTIN_TEMPLATES.flatMap(({ text }) => problemsOf(text))).toEqual([]);
  });

  it.each([
    ["an unknown slot, with the nearest", "a\n{{ timelin }}", ['2: there is no slot "timelin"; did you mean {{ timeline }}?']],
    [
      "an unknown slot that is near none",
      "{{ x-y-z-1 }}",
      [expect.stringMatching(/^1: there is no slot "x-y-z-1"; expected one of title, /)],
    ],
    ["a slot beside text", "See {{ rest }}", [expect.stringMatching(/^1: \{\{ rest \}\} stands on a line of its own/)]],
    ["a slot in a list", "- {{ rest }}", [expect.stringMatching(/^1: .*line of its own/)]],
    ["a slot that stands twice", "{{ rest }}\n{{rest}}", [expect.stringMatching(/^2: \{\{ rest \}\} stands in line 1 already/)]],
    ["front matter", "---\na: 1\n---\n", [expect.stringMatching(/^1: front matter/)]],
    ["a code block without an end", "```\n{{ rest }}", ["1: this code block is not closed"]],
    ["marks of a built file", "- x <!-- e:slack:C1:1 abcdefgh -->", [expect.stringMatching(/^1: this comment is a mark/)]],
    ["several at once", "{{ a-b-c-d }}\n\n{{ rest }}\n{{ rest }}", [expect.stringMatching(/^1: /), expect.stringMatching(/^4: /)]],
  ])("refuses %s", (_, text, expected) => expect(problemsOf(text)).toEqual(expected));

  it("takes hostile lines without taking long", () => {
    expect(parseTemplate("{{".repeat(100_000) + "}}").problems).toHaveLength(1);
    expect(parseTemplate("{{ " + "a".repeat(100_000) + " }}").parts).toHaveLength(1);
  });
});

describe("a file that was made with a template", () => {
  const first = renderMarkdown(styled(TEAM));

  it("stays as it is when nothing is new, also after the owner's edits", () => {
    const edited = first.replace("_In their words._", "Carts were empty.").replace("- two\n", "- two\n- three\n");

    expect(merged(first, styled(TEAM))).toBe(first);
    expect(merged(edited, styled(TEAM))).toBe(edited);
  });

  it("keeps what was filled in when the template gets lines above it, and takes the new ones", () => {
    const edited = first.replace("_In their words._", "Carts were empty.");
    const next = merged(edited, styled(TEAM.replace("# Incident report", "# Incident report\n\nSeverity:")));

    expect(next).toContain("# Incident report\n\nSeverity:\n\n## Timeline");
    expect(next.match(/Carts were empty\./g)).toHaveLength(1);
    expect(next).not.toContain("_In their words._");
  });

  it("goes from one template to another and back without losing the owner's words or bringing back what was deleted", () => {
    const full = renderMarkdown(input);
    const gone = full.split("\n").find((each) => each.includes("e:slack:C1:1772623450.000100 "))!;
    const edited = full.replace(`${gone}\n`, "").replace("## Coverage", "## Our own\n\nNothing lost.\n\n## Coverage");
    const there = merged(edited, styled("{{ title }}\n\n{{ timeline }}", "tiny.md"));
    const back = merged(there, input);

    for (const text of [there, back]) expect(text).toContain("## Our own\n\nNothing lost.");
    expect(there).not.toContain("## Milestones");
    expect(back).toContain("## Milestones");
    for (const text of [there, back]) expect(text).not.toContain("e:slack:C1:1772623450.000100 ");
  });

  it("changes nothing of what the other formats put forward", () => {
    for (const each of [styled(TEAM), styled("{{ title }}")]) {
      const shown = ownersTimeline(draft, renderMarkdown(each), generatedOf(each)).entries.filter((entry) => entry.highlighted);
      expect(shown.map(({ id }) => id)).toEqual(draft.entries.filter((entry) => entry.highlighted).map(({ id }) => id));
    }
  });
});
