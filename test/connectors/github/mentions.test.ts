import { describe, expect, it } from "vitest";
import { mentionsIn, revertsIn } from "../../../connectors/github/mentions.js";

const idsIn = (text: string) => mentionsIn(text, "Acme/Shop").map(({ type, id }) => `${type} ${id}`);

describe("what a text names", () => {
  it.each([
    ["Lost in #871.", ["pull acme/shop#871"]],
    ["(#12), GH-13 and acme/rules#7", ["pull acme/shop#12", "pull acme/shop#13", "pull acme/rules#7"]],
    ["https://github.com/Acme/Rules/pull/7#issuecomment-1", ["pull acme/rules#7"]],
    ["see https://ghe.acme.example/acme/shop/commit/0F4D2CA", ["sha 0f4d2ca"]],
    ["https://github.com/acme/shop/actions/runs/23372152200", ["run acme/shop/23372152200"]],
    ["since b9d7ad9418a4c6604625d5c93ef35252fda6d3dc", ["sha b9d7ad9418a4c6604625d5c93ef35252fda6d3dc"]],
    ["since b9d7ad9, and defaced 1234567 times", ["sha b9d7ad9"]],
    ["x#1 a-#2 color:#123456789012 issue-b9d7ad9", []],
    ["nothing", []],
  ])("%s", (text, expected) => {
    expect(idsIn(text).sort()).toEqual([...expected].sort());
  });

  it.each([
    ['Revert "x"\nReverts acme/shop#890', "topic", ["pull acme/shop#890"]],
    ["Reverts #890.", null, ["pull acme/shop#890"]],
    ["reverts: https://github.com/acme/rules/pull/3", undefined, ["pull acme/rules#3"]],
    ["This reverts commit b9d7ad9418a4c6604625d5c93ef35252fda6d3dc.", "", ["sha b9d7ad9418a4c6604625d5c93ef35252fda6d3dc"]],
    ['Revert "x"', "revert-890-budget", ["pull acme/shop#890"]],
    ['Revert "x"', "me/revert-x", []],
  ])("undoes: %s", (text, branch, expected) => {
    expect(revertsIn(text, branch, "acme/shop").map(({ type, id }) => `${type} ${id}`)).toEqual(expected);
  });

  it("comes to an end with hostile text", () => {
    for (const piece of ["a/", "#", "a-", "https://a/", "0a", "Reverts ", "a".repeat(38)])
      expect(mentionsIn(piece.repeat(100_000), "a/b").length).toBeLessThan(70_000);
  });
});
