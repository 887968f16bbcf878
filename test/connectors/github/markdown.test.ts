import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMarkdown } from "../../../connectors/github/markdown.js";
import { toMarkdown, toPlain } from "../../../src/kit/rich-text.js";

describe("GitHub's Markdown", () => {
  it.each([
    ["two paragraphs", "one\nstill one\n\ntwo", "one\nstill one\ntwo"],
    ["Windows line ends", "one\r\n\r\ntwo", "one\ntwo"],
    ["a heading that is closed", "## What ##\nMoves it.", "What\nMoves it."],
    ["a comment within a line", "Fixes it<!-- how? --> now", "Fixes it now"],
    ["a comment over lines", "Before\n<!-- tell us\n\nwhat you did -->\nafter", "Before\nafter"],
    ["a comment without an end", "Before\n<!-- tell us", "Before"],
    ["a comment that a fence shows", "```\n<!-- kept -->\n```", "<!-- kept -->"],
    ["a list with boxes", "- [x] tests\n- [ ] docs\n* other", "- ☑ tests\n- ☐ docs\n- other"],
    ["a numbered list", "3. three\n4. four", "3. three\n4. four"],
    ["a quote", "> first\n> second", "first\nsecond"],
    ["a fence", "~~~ts\nconst a = `b`;\n~~~\nafter", "const a = `b`;\nafter"],
    ["a fence without an end", "```\nrest\n- of it", "rest\n- of it"],
    ["a rule", "above\n\n---\nbelow", "above\nbelow"],
    ["tags", "<details><summary>More</summary>\n\ntext<br>line\n</details>", "More\ntext line"],
    ["what is no tag of HTML", "Vec<String> and a < b > c", "Vec<String> and a < b > c"],
    ["a link", "see [the run](https://ci.example/1 'title')", "see the run (https://ci.example/1)"],
    ["an image", "![a graph](https://img.example/1.png)", "a graph (https://img.example/1.png)"],
    ["a link that leads nowhere safe", "[x](javascript:alert)", "[x](javascript:alert)"],
    ["a bare URL at the end of a sentence", "(see https://ci.example/a_b_c).", "(see https://ci.example/a_b_c)."],
    ["a trailer", "Co-authored-by: Ada <ada@acme.example>", "Co-authored-by: Ada <ada@acme.example>"],
    ["mentions", "thanks @Ines-K and @acme/team, a@b.example", "thanks @ines-k and @acme/team, a@b.example"],
    ["code that looks like a mention", "`@ines-k` and `` a`b ``", "@ines-k and a`b"],
    ["emphasis", "**very** *so* ~~no~~ snake_case_name 2 * 3 * 4", "very so no snake_case_name 2 * 3 * 4"],
    ["escapes", "\\*not\\* 1\\.", "*not* 1."],
    ["nothing", "", ""],
  ])("%s", (_name, source, expected) => {
    expect(toPlain(readMarkdown(source))).toBe(expected);
  });

  it("keeps the structure that its author made", () => {
    expect(readMarkdown("# Why\nBecause **x**.\n\n1. a\n2. b\n\n```sh\nmake\n```").map((block) => block.type)).toEqual([
      "paragraph",
      "paragraph",
      "list",
      "code",
    ]);
    expect(readMarkdown("- a\n  - b\n- c").map((block) => block.type === "list" && block.indent)).toEqual([0, 1, 0]);
    expect(toMarkdown(readMarkdown("# Why"))).toBe("**Why**");
    expect(readMarkdown("hi @Ines-K")[0]).toEqual({
      type: "paragraph",
      inlines: [
        { type: "text", text: "hi " },
        { type: "account", connector: "github", account: "ines-k" },
      ],
    });
  });

  it("reads any text, and shows each word of plain ones", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(typeof toMarkdown(readMarkdown(text))).toBe("string");
      }),
      { numRuns: 50 },
    );
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 30 }), (words) => {
        expect(toPlain(readMarkdown(words.join(" ")))).toBe(words.join(" "));
      }),
    );
  });

  it.each(["[", "![", "`", "*a", "_", "<", "<!--", "<a ", "> ", "- ", "#", "# ".padEnd(30), "\\", "@a", "https://", "](", "~~~\n"])(
    "comes to an end with 60 KB of %j",
    (piece) => {
      const text = piece.repeat(Math.ceil(60_000 / piece.length));
      expect(readMarkdown(text)).toBeInstanceOf(Array);
      expect(readMarkdown(`${text}x`)).toBeInstanceOf(Array);
    },
  );
});
