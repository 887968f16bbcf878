import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeBlock, codeSpan, escapeMarkdown, link, safeUrl } from "../../src/kit/markdown.js";

describe("escapeMarkdown", () => {
  it.each([
    ["plain text, with a comma. And (this)", "plain text, with a comma. And (this)"],
    ["# heading", "\\# heading"],
    ["heading #", "heading \\#"],
    ["see #12 in #shop", "see #12 in #shop"],
    ["snake_case _and_ _x", "snake_case \\_and\\_ \\_x"],
    ["done! wow!", "done! wow\\!"],
    ["- item\n+ item\n* item", "\\- item\n\\+ item\n\\* item"],
    ["1. one\n12) two\n1.5 three", "1\\. one\n12\\) two\n1\\.5 three"],
    ["1234567890. too long for a list", "1234567890. too long for a list"],
    ["a - b + c = d", "a - b + c = d"],
    ["Title\n===\n---", "Title\n\\===\n\\---"],
    ["    code\n\ttoo", "code\ntoo"],
    ["line break  \nby spaces", "line break\nby spaces"],
    ["line break\\\nby backslash", "line break\\\\\nby backslash"],
    ["> quote", "\\> quote"],
    ["```js", "\\`\\`\\`js"],
    ["~~~", "\\~\\~\\~"],
    ["| a | b |\n|---|---|", "\\| a \\| b \\|\n\\|---\\|---\\|"],
    [":-: term", "\\:-: term"],
    ["*a* _b_ **c** __d__ ~~e~~ ==f==", "\\*a\\* \\_b\\_ \\*\\*c\\*\\* \\_\\_d\\_\\_ \\~\\~e\\~\\~ ==f=="],
    ["[x](http://a) ![x](y) [^1]", "\\[x\\](http\\://a) \\!\\[x\\](y) \\[^1\\]"],
    ["<script>alert(1)</script><!-- c -->", "\\<script\\>alert(1)\\</script\\>\\<\\!-- c --\\>"],
    ["&copy; & co", "\\&copy; \\& co"],
    ["$x$ {{ y }}", "\\$x\\$ {{ y }}"],
    ["see https://a.example/b_c and ftp://d", "see https\\://a.example/b_c and ftp\\://d"],
    ["www.example.com WWW.x", "www\\.example.com WWW\\.x"],
    ["mail me_x@example.com, @octo", "mail me_x\\@example.com, @octo"],
    ["\u001b[31m\u202e", "\\\\x1b\\[31m\\\\u202e"],
    ["a\r\n- b", "a\n\\- b"],
    ["", ""],
  ])("%j becomes %j", (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  it("gives the text back when the escapes are undone", () => {
    const wild = fc.string({ unit: fc.constantFrom(...Array.from("a1 .:/@w\\`*_[]<>~|#&$!{}^()-+=\"'")) });
    fc.assert(
      fc.property(wild, (text) => {
        const undone = escapeMarkdown(text).replace(/\\([!-/:-@[-`{-~])/g, "$1");
        expect(undone).toBe(text.replace(/^[ \t]+|[ \t]+$/g, ""));
      }),
    );
  });

  it.each([" ", "\n", "\t", "`", "1.", "www", ":/", "a@"])("is quick on a long run of %j", (piece) => {
    const text = `x${piece.repeat(300_000)}x`;

    expect(escapeMarkdown(text).length).toBeGreaterThanOrEqual(3);
    expect(codeBlock(text).length).toBeGreaterThan(text.length);
  });
});

describe("codeSpan", () => {
  it.each([
    ["a", "`a`"],
    ["a`b", "``a`b``"],
    ["`a`", "`` `a` ``"],
    ["a``b```c", "````a``b```c````"],
    ["two\n lines ", "`two lines`"],
    ["*a* <b>", "`*a* <b>`"],
    [" \n", ""],
  ])("%j is %j", (text, expected) => {
    expect(codeSpan(text)).toBe(expected);
  });
});

describe("codeBlock", () => {
  it.each([
    ["a\n  b\n\n", "```\na\n  b\n```"],
    ["```\nnot the end\n```", "````\n```\nnot the end\n```\n````"],
    ["\u001b[0m", "```\n\\x1b[0m\n```"],
    ["", "```\n\n```"],
  ])("%j is %j", (text, expected) => {
    expect(codeBlock(text)).toBe(expected);
  });
});

describe("link", () => {
  it.each([
    ["shop#12", "https://github.com/acme/shop/pull/12", "[shop#12](<https://github.com/acme/shop/pull/12>)"],
    ["a](http://evil)", "https://a.example/", "[a\\](http\\://evil)](<https://a.example/>)"],
    ["two\nlines", "https://a.example/", "[two lines](<https://a.example/>)"],
    ["x", "https://a.example/?a=1&copy;=2&b=3", "[x](<https://a.example/?a=1&amp;copy;=2&b=3>)"],
    ["x", "https://a.example/a)> <b>|`", "[x](<https://a.example/a%29%3E%20%3Cb%3E%7C%60>)"],
    ["x", "javascript:alert(1)", "x"],
    ["*x*", "not a url", "\\*x\\*"],
  ])("%j to %j", (label, url, expected) => {
    expect(link(label, url)).toBe(expected);
  });
});

describe("safeUrl", () => {
  it.each([
    ["https://a.example/b?c=d#e", "https://a.example/b?c=d#e"],
    ["HTTP://A.example", "http://a.example/"],
    ["mailto:ops@a.example", "mailto:ops@a.example"],
    ["https://a.example/\u202e\n", "https://a.example/%E2%80%AE"],
  ])("%j is %j", (url, expected) => {
    expect(safeUrl(url)).toBe(expected);
  });

  it.each([
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "//a.example",
    "/a",
    "",
    "https://user:pass@a.example/",
    "https://user@a.example/",
    `https://a.example/${"a".repeat(4000)}`,
  ])("%j is none that a reader may be sent to", (url) => {
    expect(safeUrl(url)).toBeNull();
  });
});
