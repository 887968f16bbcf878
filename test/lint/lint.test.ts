import { array, assert, constantFrom, oneof, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { asGithub, lint, RULES } from "../../src/lint/index.js";
import { FRESH_TO_FLAG, FRESH_TO_LEAVE } from "./fresh-sentences.js";
import { documentOf, TO_FLAG, TO_LEAVE } from "./sentences.js";

const rulesOf = (text: string) => lint(text).map(({ rule }) => rule);

describe("the language check on the list of sentences", () => {
  it("finds at least 95 of 100, by the right rule, over all rules", () => {
    const missed = TO_FLAG.filter(([rule, sentence]) => !rulesOf(documentOf(sentence)).includes(rule));
    expect(TO_FLAG).toHaveLength(100);
    expect(new Set(TO_FLAG.map(([rule]) => rule))).toEqual(new Set(RULES.map(({ id }) => id)));
    expect(missed.length, JSON.stringify(missed)).toBeLessThanOrEqual(5);
  });

  it("leaves at least 98 of 100 near misses alone", () => {
    const flagged = TO_LEAVE.filter((sentence) => lint(documentOf(sentence)).length > 0);
    expect(TO_LEAVE).toHaveLength(100);
    expect(flagged.length, JSON.stringify(flagged)).toBeLessThanOrEqual(2);
  });
});

describe("what is prose", () => {
  const blame = "Responder B broke the build.";
  it.each([
    ["a block quote", `> ${blame}\n${blame}`],
    ["a fence", `\`\`\`text\n${blame}\n\`\`\``],
    ["a fence in a list", `- see\n\n  ~~~\n  ${blame}\n  ~~~`],
    ["a code span over lines", `\`Responder B\nbroke the build\``],
    ["quotation marks", `They said “${blame}” and "${blame}" and ‘${blame}’ and '${blame}'.`],
    ["front matter", `---\ntitle: ${blame}\n---\n`],
    ["a comment", `<!-- ${blame} -->`],
    ["a comment over lines", `<!--\n\n${blame}\n\n-->`],
    ["a link target", `[here](https://example.test/responder-B-broke "x") and [there](<a responder B broke the build>)`],
    ["a link definition", `[a]: https://example.test "${blame}"`],
    ["indented code", `text\n\n    ${blame}\n`],
    ["a marked entry", `- **11:00:00** responder B: I broke the build <!-- e:e1 aa -->\n\n  I broke the build\n`],
  ])("leaves %s alone", (_, text) => expect(lint(text)).toEqual([]));

  it.each([
    ["a list item", `- ${blame}`],
    ["a heading", `# ${blame}`],
    ["a cell", `| a | b |\n| --- | --- |\n| x | ${blame} |`],
    ["emphasis", "Responder **B** _broke_ the build."],
    ["a paragraph over lines", "Responder B\nbroke the build."],
    ["the words of a link", "[Responder B broke the build](https://example.test)."],
    ["the text behind a quotation", `> quoted\n\n${blame}`],
    ["the text behind marks that do not close", `" ' \` < [ ( ${blame}`],
    ["lines that end in CR LF", `a\r\n\r\n${blame}\r\n`],
  ])("reads %s", (_, text) => expect(rulesOf(text)).toEqual(["blame"]));
});

it("says where, by line and column, and to where", () => {
  const [finding] = lint("# A\n\n- The on-call **should\n  have** asked.\n");
  expect(finding).toMatchObject({ rule: "counterfactual", line: 3, column: 17, endLine: 4, text: "should have** asked" });
});

describe("what is allowed", () => {
  it.each([
    ["on the line", "The outage began. <!-- timeline-lint allow: outage -->", []],
    ["on the line before", "<!-- timeline-lint allow: outage, blame -->\nThe outage began.", []],
    ["another rule only", "The outage began. <!-- timeline-lint allow: blame -->", ["outage"]],
    ["two lines before", "<!-- timeline-lint allow: outage -->\n\nThe outage began.", ["outage"]],
  ])("%s", (_, text, expected) => expect(rulesOf(text)).toEqual(expected));

  it("for a whole call", () => expect(lint("The outage began.", { allow: ["outage"] })).toEqual([]));
});

it("checks action items only where they belong, in lists and in tables", () => {
  const item = "- [ ] Better monitoring\n";
  expect(lint(`## Lessons\n\n${item}`)).toEqual([]);
  expect(rulesOf(`## Action items\n\n${item}\n## Lessons\n\n${item}`)).toEqual(["action-verb", "action-end", "action-owner"]);
  const table = "## Action items\n\n| Action | Done when | Owner | Due |\n| --- | --- | --- | --- |\n|  |  |  |  |\n";
  expect(lint(table)).toEqual([]);
  expect(rulesOf(`${table}| Add an alert |  | responder A | |\n`)).toEqual(["action-end"]);
});

it("writes GitHub's commands so that a file cannot write its own", () => {
  const findings = lint("The outage.\n");
  const text = asGithub([{ file: "a,b:c\n::error::%.md", findings }]);
  expect(text.split("\n")).toHaveLength(2);
  expect(text).toMatch(/^::warning file=a%2Cb%3Ac%0A%3A%3Aerror%3A%3A%25\.md,line=1,endLine=1,col=5,endColumn=11,title=outage::/);
});

it("never throws, and its spans lie inside the text, whatever the text", () => {
  const piece = constantFrom(
    "`",
    "```",
    '"',
    "“",
    "<",
    "<!--",
    "-->",
    "](",
    "|",
    "\n",
    "> ",
    "- ",
    "    ",
    "should have been ",
    "outage ",
    "\\",
    "---",
    "\r\n",
    "😀",
  );
  assert(
    property(array(oneof(piece, string({ unit: "binary" })), { maxLength: 60 }), (pieces) => {
      const text = pieces.join("");
      const lines = text.split("\n");
      for (const { line, column, endLine, endColumn } of lint(text)) {
        expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
        expect(endColumn).toBeLessThanOrEqual(lines[endLine - 1]!.length + 1);
      }
    }),
    { numRuns: 300 },
  );
});

it("does nearly as well on sentences that the rules were not made for", () => {
  const missed = FRESH_TO_FLAG.filter((sentence) => lint(sentence).length === 0);
  const flagged = FRESH_TO_LEAVE.filter((sentence) => lint(sentence).length > 0);
  expect(missed.length, JSON.stringify(missed)).toBeLessThanOrEqual(4);
  expect(flagged.length, JSON.stringify(flagged)).toBeLessThanOrEqual(3);
});
