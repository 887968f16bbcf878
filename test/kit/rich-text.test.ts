import { describe, expect, it } from "vitest";
import type { Block, Inline, RichText } from "../../src/contract/rich-text.js";
import { inlinesOf, isBlank, mapInlines, paragraph, plain, toInlineMarkdown, toMarkdown, toPlain } from "../../src/kit/rich-text.js";

type Text = Extract<Inline, { type: "text" }>;
const text = (value: string, style?: Text["style"]): Text => ({ type: "text", text: value, ...(style ? { style } : {}) });
const link = (value: string, url: string): Inline => ({ type: "link", text: value, url });
const account: Inline = { type: "account", connector: "slack", account: "U1" };
const role: Inline = { type: "role", person: "slack:U2" };
const list = (items: readonly string[], options: Partial<Extract<Block, { type: "list" }>> = {}): Block => ({
  type: "list",
  ordered: false,
  indent: 0,
  start: 1,
  items: items.map((item) => [text(item)]),
  ...options,
});
const bold = { bold: true } as const;
const italic = { italic: true } as const;
const strike = { strike: true } as const;
const code = { code: true } as const;

describe("plain", () => {
  it.each([
    ["a", ["a"]],
    ["a\nb\n\n\nc\n", ["a\nb", "c"]],
    ["\n\n", []],
    ["", []],
  ])("%j has the paragraphs %j", (value, paragraphs) => {
    expect(plain(value)).toEqual(paragraphs.map((part) => paragraph([text(part)])));
  });
});

describe("inlines of a paragraph as Markdown", () => {
  it.each<[string, readonly Inline[], string]>([
    ["text", [text("a *b*")], "a \\*b\\*"],
    ["spaces between inlines", [text("a "), text("b", bold), text(" c")], "a **b** c"],
    ["space inside a style", [text("a"), text(" b ", bold), text("c")], "a **b** c"],
    [
      "every style",
      [text("a", bold), text(" "), text("b", italic), text(" "), text("c", strike), text(" "), text("d", code)],
      "**a** *b* ~~c~~ `d`",
    ],
    ["styles at once", [text("a", { ...bold, ...italic, ...strike })], "~~***a***~~"],
    ["code wins", [text("a*b", { ...bold, ...code })], "`a*b`"],
    ["a style in a word", [text("un"), text("believ", italic), text("able")], "un*believ*able"],
    ["neighbours of one style", [text("a", bold), text("b", bold)], "**ab**"],
    ["neighbours of two styles", [text("a", bold), text("b", italic)], "**a**b"],
    ["neighbouring code", [text("a", code), text("b", code)], "`ab`"],
    ["punctuation next to a letter", [text('"a"', bold), text("b")], '"a"b'],
    ["punctuation next to a space", [text('"a"', bold), text(" b")], '**"a"** b'],
    ["an emoji next to a letter", [text("a"), text("🙂", bold)], "a🙂"],
    ["a style of white space", [text("a"), text(" ", bold), text("b")], "a b"],
    ["what would be a list together", [text("1"), text(". a")], "1\\. a"],
    ["what would be a link together", [text("https:"), text("//a.example/b_c")], "https\\://a.example/b_c"],
    [
      "what begins like a list, but not a line",
      [link("shop#12", "https://a.example/1"), text(": - see # there")],
      "[shop#12](<https://a.example/1>): - see \\# there",
    ],
    ["what would be an image together", [text("look!"), link("x", "https://a.example/1")], "look\\![x](<https://a.example/1>)"],
    ["people", [account, text(" and "), role], "@U1 and \\[slack:U2\\]"],
    ["a link", [text("see "), link("the run", "https://a.example/1"), text(".")], "see [the run](<https://a.example/1>)."],
    ["a link without a label", [link("", "https://a.example/1")], "[https\\://a.example/1](<https://a.example/1>)"],
    ["a link that is none", [link("click", "javascript:alert(1)")], "click"],
    ["lines", [text("a\n- b\n\n# c")], "a\\\n\\- b\\\n\\\n\\# c"],
    ["line feeds and spaces at the ends", [text("\n   a  \n  b\n\n"), text(" ", bold)], "a\\\nb"],
  ])("%s", (_name, inlines, expected) => {
    expect(toMarkdown([paragraph(inlines)])).toBe(expected);
  });
});

describe("toMarkdown", () => {
  it("puts blocks apart, and keeps a block from running into the next", () => {
    const body: RichText = [
      paragraph([text("a\n")]),
      { type: "quote", inlines: [text("b\n# c")] },
      { type: "code", text: "d\n```\n" },
      list(["e", "f\ng"]),
      paragraph([text("    h")]),
    ];

    expect(toMarkdown(body)).toBe("a\n\n> b\\\n> \\# c\n\n````\nd\n```\n````\n\n- e\n- f\\\n  g\n\nh");
  });

  it("nests lists by a step at a time, deep enough for two-digit numbers", () => {
    const body: RichText = [
      list(["a", "b"], { ordered: true, start: 9 }),
      list(["c\nd"], { indent: 1 }),
      list(["e"], { indent: 5 }),
      list(["f"]),
    ];

    expect(toMarkdown(body)).toBe("9. a\n10. b\n    - c\\\n      d\n        - e\n- f");
  });

  it("does not make code of a list that begins deep", () => {
    expect(toMarkdown([paragraph([text("a")]), list(["b"], { indent: 3 })])).toBe("a\n\n- b");
  });

  it("calls people what it is told", () => {
    expect(toMarkdown([paragraph([account, text(" "), role])], (inline) => (inline.type === "role" ? "[Responder A]" : "*someone*"))).toBe(
      "\\*someone\\* \\[Responder A\\]",
    );
  });
});

describe("toInlineMarkdown", () => {
  it("is one line, whatever the blocks are", () => {
    const body: RichText = [
      paragraph([text("a\nb\\\nc")]),
      { type: "code", text: "d\n  e" },
      list(["f", "g"]),
      { type: "quote", inlines: [text("- h")] },
      paragraph([text(" \n")]),
    ];

    expect(toInlineMarkdown(body)).toBe("a b\\\\ c `d e` f g \\- h");
  });
});

describe("toPlain", () => {
  it("reads as a person reads it", () => {
    const body: RichText = [
      paragraph([
        text("a *b*", bold),
        text(" "),
        account,
        text(" "),
        link("run", "https://a.example/1"),
        text(" "),
        link("", "https://a.example/2"),
      ]),
      { type: "code", text: "c\n\n" },
      list(["d"], { ordered: true, start: 3, indent: 1 }),
      { type: "quote", inlines: [text("\u001b[0m")] },
    ];

    expect(toPlain(body)).toBe("a *b* @U1 run (https://a.example/1) https://a.example/2\nc\n3. d\n\\x1b[0m");
  });

  it.each<[RichText, boolean]>([
    [[], true],
    [[paragraph([text(" \n")])], true],
    [[paragraph([account])], false],
  ])("of %j is blank: %s", (body, expected) => {
    expect(isBlank(body)).toBe(expected);
  });
});

describe("walking", () => {
  const body: RichText = [
    paragraph([text("Ada"), account]),
    { type: "code", text: "Ada\n" },
    list(["Ada"]),
    { type: "quote", inlines: [text("Ada")] },
  ];

  it("gives every inline in reading order", () => {
    expect([...inlinesOf(body)]).toEqual([text("Ada"), account, text("Ada\n", code), text("Ada"), text("Ada")]);
  });

  it("replaces every inline, code included", () => {
    const replaced = mapInlines(body, (inline) =>
      inline.type === "text" ? [text("["), { ...inline, text: inline.text.replace("Ada", "A") }, text("]")] : [role],
    );

    expect(toPlain(replaced, () => "R")).toBe("[A]R\n[A\n]\n- [A]\n[A]");
  });
});
