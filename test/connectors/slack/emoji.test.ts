import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { emojiOf } from "../../../connectors/slack/emoji/emoji.js";
import { EMOJI_TABLE } from "../../../connectors/slack/emoji/table.js";

describe("emojiOf", () => {
  it.each([
    ["tada", undefined, "🎉"],
    ["heart", undefined, "❤️"],
    ["+1", undefined, "👍"],
    ["thumbsup", 6, "👍🏿"],
    ["man-shrugging", undefined, "🤷‍♂️"],
    ["man-shrugging", 3, "🤷🏼‍♂️"],
    ["point_up", 2, "☝🏻"],
    ["large_green_circle", undefined, "🟢"],
    ["flag-gb", undefined, "🇬🇧"],
    ["fire", 2, "🔥"],
    ["party_parrot_x", undefined, null],
    ["constructor", undefined, null],
  ])("%s, tone %s", (name, tone, expected) => {
    expect(emojiOf(name, tone)).toBe(expected);
  });

  it("has the table that its generator writes", () => {
    const written = execFileSync(process.execPath, ["connectors/slack/emoji/generate.mjs", "--print"], {
      encoding: "utf8",
      maxBuffer: 1 << 20,
    });

    expect(written).toContain(EMOJI_TABLE);
  });
});
