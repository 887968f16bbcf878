import { describe, expect, it } from "vitest";
import { lengthOf, termsOf } from "../../src/draft/terms.js";

describe("terms of a text", () => {
  it.each([
    ["the búsqueda and búsquedas of 42 zapatillas", ["búsqued", "zapatil"]],
    ["リリースを停止しました", ["リリース", "停止"]],
    ["決済件数", ["決済", "済件", "件数"]],
    ["it is up :+1:", []],
  ])("finds the words of %s", (text, terms) => {
    expect([...termsOf(text)]).toEqual(terms);
  });

  it("counts a sign of an unspaced script for more than a letter", () => {
    expect([lengthOf("abcd"), lengthOf("停止"), lengthOf("")]).toEqual([4, 5, 0]);
  });
});
