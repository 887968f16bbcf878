import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mrkdwn } from "../../../connectors/slack/text.js";
import type { Names } from "../../../connectors/slack/names.js";
import { notation } from "./notation.js";

const names: Names = {
  channel: (id) => (id === "C1" ? "ops" : null),
  group: (id) => (id === "S1" ? "sre" : null),
};

describe("mrkdwn", () => {
  it.each([
    ["text alone", "all good", "all good"],
    ["bold, italic, strike", "*b* _i_ ~s~", "{b b} {i i} {s s}"],
    ["nested marks", "*b _both_*", "{b b }{bi both}"],
    ["marks that cross", "*a _b* c_", "{b a _b} c_"],
    ["marks inside words", "snake_case_name 2*3*4 ~/bin", "snake_case_name 2*3*4 ~/bin"],
    ["marks next to spaces", "* a * and _ b _", "* a * and _ b _"],
    ["doubled marks", "**b** __init__", "**b** __init__"],
    ["marks over a line end", "*a\nb*", "*a\nb*"],
    ["marks with nothing in them", "** __ ~~", "** __ ~~"],
    ["marks beside punctuation", "(*b*), _i_.", "({b b}), {i i}."],
    ["marks around others' letters", "*größer* é*x*", "{b größer} é*x*"],
    ["a code span", "run `kubectl get *pods*` now", "run {c kubectl get *pods*} now"],
    ["code in bold", "*see `x`*", "{b see }{bc x}"],
    ["escapes in code", "`a &lt; b &amp;&amp; c`", "{c a < b && c}"],
    ["an open code span", "a ` b", "a ` b"],
    ["a code block", "see\n```\nx = *1*\ny &gt; 2\n```\ndone", "see\n\n{code x = *1*\ny > 2\n}\n\ndone"],
    ["a link in a code block", "```curl <https://a.example/?x=1&amp;y=2>```", "{code curl https://a.example/?x=1&y=2}"],
    ["an open code block", "``` open", "``` open"],
    ["an empty code block", "a ``` ``` b", "a \n\n b"],
    ["a quote", "&gt; it said &lt;no&gt;\n&gt;second\nmine", "{quote it said <no>\nsecond}\n\nmine"],
    ["a quote to the end", "&gt;&gt;&gt; one\ntwo", "{quote one\ntwo}"],
    ["a greater-than inside a line", "3 &gt; 2", "3 > 2"],
    ["bullets", "• one\n• two\n    ◦ inner\nafter", "- one\n- two\n\n  - inner\n\nafter"],
    ["dashes", "- *one*\n- two", "- {b one}\n- two"],
    ["no bullets", "-5 degrees\n--help\n-", "-5 degrees\n--help\n-"],
    ["numbers", "1. first\n2. second", "1. first\n2. second"],
    ["numbers that keep what was typed", "3. third\n7. seventh", "3. third\n\n7. seventh"],
    ["blank lines", "\na\n \n\nb\n", "a\n\nb"],
    ["a link", "<https://a.example/x?b=1&amp;c=2|the *page*>", "[the *page*](https://a.example/x?b=1&c=2)"],
    ["a link without a label", "<https://a.example/>", "[https://a.example/](https://a.example/)"],
    ["a mail address", "<mailto:a@b.example|a@b.example>", "[a@b.example](mailto:a@b.example)"],
    ["emoji", "fixed :white_check_mark: :+1::skin-tone-4: :man-shrugging:", "fixed ✅ 👍🏽 🤷‍♂️"],
    ["emoji of later years and flags", ":large_green_circle: :flag-gb:", "🟢 🇬🇧"],
    ["an emoji of this workspace", ":party_parrot_x: _yes_", ":party_parrot_x: {i yes}"],
    ["a tone on what has none", ":fire::skin-tone-2:", "🔥"],
    ["times are no emoji", "10:100:20", "10:100:20"],
  ])("reads %s", (_, text, expected) => {
    expect(notation(mrkdwn(text, names))).toBe(expected);
  });

  it.each([
    ["a person", "<@U1|sam> look", "@(U1) look"],
    ["a channel with its name", "<#C9|inc-7>", "#inc-7"],
    ["a channel whose name is empty", "<#C1|>", "#ops"],
    ["a channel that nobody knows", "<#C404>", "#C404"],
    ["a group", "<!subteam^S1> <!subteam^S2|@dba>", "@sre @dba"],
    ["everybody", "<!here> <!channel|channel> <!everyone>", "@here @channel @everyone"],
    ["a date", "<!date^1772623800^{date} at {time}|March 4th, 11:30>", "March 4th, 11:30"],
    ["a date without words", "<!date^1772623800^{date}>", "2026-03-04T11:30:00Z"],
    ["a date with a link", "<!date^1772623800^{date}^https://a.example/|then>", "[then](https://a.example/)"],
    ["an unknown command", "<!pager|page the team>", "page the team"],
    ["escapes, once", "&amp;lt;b&amp;gt; &lt;b&gt; &amp;amp; &quot;", "&lt;b&gt; <b> &amp; &quot;"],
    ["brackets that mean nothing", "a < b, <>, <no>, <@u>, <", "a < b, <>, <no>, <@u>, <"],
  ])("reads %s", (_, text, expected) => {
    expect(notation(mrkdwn(text, names))).toBe(expected);
  });

  it("mentions people by their id, for whoever knows the names", () => {
    expect(mrkdwn("ask <@U1>", names)).toEqual([
      {
        type: "paragraph",
        inlines: [
          { type: "text", text: "ask " },
          { type: "account", connector: "slack", account: "U1" },
        ],
      },
    ]);
  });

  it("shows what was typed, as Slack escapes it, and never throws", () => {
    const typed = fc.string({ unit: fc.constantFrom("a", "<", ">", "&", "b", " ", "lt;", "|", "@U1", "!", "#", "é", "\u0000") });

    fc.assert(
      fc.property(typed, (text) => {
        const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
        const shown = mrkdwn(`x${escaped}`, names).flatMap((block) => (block.type === "paragraph" ? block.inlines : []));
        expect(shown.map((inline) => (inline.type === "text" ? inline.text : "?")).join("")).toBe(`x${text}`);
      }),
    );
  });

  it("never throws, whatever comes", () => {
    const pieces = fc.constantFrom(
      "*",
      "_",
      "~",
      "`",
      "```",
      "<",
      ">",
      "|",
      "\n",
      ":",
      "&gt;",
      "• ",
      "1. ",
      "!date^",
      "@U1",
      "😀",
      "\ud83d",
      " ",
      "x",
    );

    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((each) => each.join("")),
        ),
        (text) => typeof notation(mrkdwn(text, names)) === "string",
      ),
    );
  });

  it.each(["*_~", "_a*b~ ", "`\n", "```", "<a", "<>", ":a", "&gt;", "\n \n"])("takes a megabyte of %j in one pass", (piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));

    // Quadratic work over this would take minutes: the time limit of the test is the assertion.
    expect(mrkdwn(text, names)).toBeInstanceOf(Array);
  });
});
