import { describe, expect, it } from "vitest";
import { bodyOf } from "../../../connectors/slack/body.js";
import { MessageRecord } from "../../../connectors/slack/records.js";
import { notation } from "./notation.js";

const names = { channel: (id: string) => (id === "C1" ? "ops" : null), group: () => null };
const shown = (fields: Record<string, unknown>) => notation(bodyOf(MessageRecord.parse({ ts: "1772623800.000100", ...fields }), names));
const rich = (...elements: unknown[]) => ({ text: "fallback", blocks: [{ type: "rich_text", elements }] });
const section = (...elements: unknown[]) => ({ type: "rich_text_section", elements });
const word = (text: string, style?: Record<string, boolean>) => ({ type: "text", text, ...(style ? { style } : {}) });

describe("bodyOf", () => {
  it.each([
    ["rich text before the text", rich(section(word("a "), word("b", { bold: true }), word(" <c> &amp;"))), "a {b b} <c> &amp;"],
    [
      "styles",
      rich(section(word("i", { italic: true }), word("s", { strike: true }), word("c*", { code: true, bold: true }))),
      "{i i}{s s}{bc c*}",
    ],
    [
      "mentions",
      rich(
        section(
          { type: "user", user_id: "U1" },
          word(" "),
          { type: "channel", channel_id: "C1" },
          word(" "),
          { type: "usergroup", usergroup_id: "S1" },
          word(" "),
          { type: "broadcast", range: "here" },
        ),
      ),
      "@(U1) #ops @S1 @here",
    ],
    [
      "links",
      rich(
        section({ type: "link", url: "https://a.example/?a=1&b=2", text: "here" }, word(" "), { type: "link", url: "https://b.example/" }),
      ),
      "[here](https://a.example/?a=1&b=2) [https://b.example/](https://b.example/)",
    ],
    [
      "emoji",
      rich(
        section(
          { type: "emoji", name: "wave", skin_tone: 3 },
          { type: "emoji", name: "new_one", unicode: "1f937-200d-2642-fe0f" },
          { type: "emoji", name: "party_parrot_x" },
        ),
      ),
      "👋🏼🤷‍♂️:party_parrot_x:",
    ],
    ["a date", rich(section({ type: "date", timestamp: 1772623800, format: "{date}" })), "2026-03-04T11:30:00Z"],
    ["an unknown element", rich(section(word("a "), { type: "hologram" })), "a [hologram]"],
    [
      "lists",
      rich(
        { type: "rich_text_list", style: "ordered", offset: 2, elements: [section(word("third")), section(word("fourth"))] },
        { type: "rich_text_list", style: "bullet", indent: 1, elements: [section(word("inner"))] },
      ),
      "3. third\n4. fourth\n\n  - inner",
    ],
    [
      "code and quote",
      rich({ type: "rich_text_preformatted", elements: [word("x = `1`\n")] }, { type: "rich_text_quote", elements: [word("said")] }),
      "{code x = `1`\n}\n\n{quote said}",
    ],
    ["a blank rich text", { text: "the text", blocks: [{ type: "rich_text", elements: [] }] }, "the text"],
    ["blocks that are no list", { text: "the text", blocks: "none" }, "the text"],
    [
      "the blocks of a program",
      {
        text: "fallback",
        blocks: [
          { type: "header", text: { type: "plain_text", text: "Deploy :rocket:" } },
          {
            type: "section",
            text: { type: "mrkdwn", text: "*shop* to <https://a.example|prod>" },
            fields: [{ type: "mrkdwn", text: "*By* ci" }],
          },
          { type: "divider" },
          {
            type: "context",
            elements: [
              { type: "image", alt_text: "logo" },
              { type: "plain_text", text: "v1.2" },
            ],
          },
          { type: "actions", elements: [] },
          { type: "image", title: { text: "graph" }, alt_text: "a graph" },
          {
            type: "table",
            rows: [
              [
                { type: "raw_text", text: "p95" },
                { type: "raw_text", text: "812 ms" },
              ],
            ],
          },
          { type: "markdown", text: "**as it is**" },
          { type: "gauge" },
        ],
      },
      "{b Deploy 🚀}\n\n{b shop} to [prod](https://a.example)\n\n{b By} ci\n\nlogo v1.2\n\ngraph\n\np95 | 812 ms\n\n**as it is**\n\n[gauge]",
    ],
    [
      "attachments",
      {
        text: "",
        attachments: [
          {
            pretext: "from *ci*",
            title: "Build 7",
            title_link: "https://ci.example/7",
            text: "failed",
            fields: [{ title: "Branch", value: "main" }, { value: "alone" }],
            fallback: "unused",
          },
        ],
      },
      "from {b ci}\n\n[Build 7](https://ci.example/7)\n\nfailed\n\n{b Branch:} main\n\nalone",
    ],
    ["an attachment with a fallback alone", { text: "", attachments: [{ fallback: "db is &lt;down&gt;" }] }, "db is <down>"],
    [
      "blocks inside an attachment",
      { text: "", attachments: [{ blocks: [{ type: "section", text: { type: "mrkdwn", text: "in" } }] }] },
      "in",
    ],
    [
      "a preview",
      { text: "see <https://a.example>", attachments: [{ from_url: "https://a.example", title: "A page", text: "not said" }] },
      "see [https://a.example](https://a.example)",
    ],
    [
      "a forwarded message",
      { text: "", attachments: [{ is_msg_unfurl: true, from_url: "https://x.slack.com/archives/C1/p1", text: "said there" }] },
      "said there",
    ],
    [
      "a file hidden by the plan",
      { text: "look", files: [{ id: "F1", mode: "hidden_by_limit" }] },
      "look\n\nFile: hidden by the limit of the workspace's plan",
    ],
  ])("shows %s", (_, fields, expected) => {
    expect(shown(fields)).toBe(expected);
  });

  it("ends at blocks that hold each other without end", () => {
    const cell = (depth: number): unknown =>
      depth === 0 ? { type: "raw_text", text: "deep" } : { type: "table", rows: [[cell(depth - 1)]] };

    expect(shown({ text: "said", blocks: [cell(40)] })).toBe("said");
  });
});
