import { describe, expect, it } from "vitest";
import { mentions } from "../../../connectors/slack/refs.js";
import { mrkdwn } from "../../../connectors/slack/text.js";

const found = (text: string) =>
  mentions(mrkdwn(text, { channel: () => null, group: () => null })).map((ref) => `${ref.relation} ${ref.type} ${ref.id}`);

describe("mentions", () => {
  it.each([
    ["a pull request", "<https://github.com/Acme/Shop/pull/12/files|look>", ["mentions pull acme/shop#12"]],
    ["one on another host, in plain text", "see https://git.acme.example/acme/shop/pull/7.", ["mentions pull acme/shop#7"]],
    ["one in short", "Acme/shop#0012 and acme/shop#13", ["mentions pull acme/shop#12", "mentions pull acme/shop#13"]],
    ["a commit in code", "on `9f1c2ab` now", ["mentions sha 9f1c2ab"]],
    ["a commit by its link", "<https://github.com/acme/shop/commit/9F1C2ABD|9f1c2ab>", ["mentions sha 9f1c2ab", "mentions sha 9f1c2abd"]],
    ["a commit of a pull request", "<https://github.com/acme/shop/pull/1/commits/9f1c2abd>", ["mentions sha 9f1c2abd"]],
    ["a run", "<https://github.com/Acme/shop/actions/runs/987654321/attempts/2>", ["mentions run acme/shop/987654321"]],
    [
      "a message",
      "<https://acme.slack.com/archives/C1/p1772623800000400?thread_ts=1.2&cid=C1>",
      ["mentions message slack:C1:1772623800.000400"],
    ],
    ["a page", "<https://wiki.example/a?b=1|wiki>", ["mentions url https://wiki.example/a?b=1"]],
    ["a page twice", "<https://wiki.example/> <https://wiki.example/>", ["mentions url https://wiki.example/"]],
    ["no words, numbers, ids", "defaced 20260304 1234567 deadbeef 3ee34fa9-036d-42dc-ac76-4c16bb9e5347 9f1c2a", []],
    ["no mail, no scripts", "<mailto:a@b.example> <javascript:alert(1)>", []],
  ])("finds %s", (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it("stops at a hundred", () => {
    const links = Array.from({ length: 300 }, (_, index) => `<https://a.example/${index}>`).join(" ");

    expect(found(links)).toHaveLength(100);
  });
});
