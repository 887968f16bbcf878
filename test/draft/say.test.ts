import { describe, expect, it } from "vitest";
import type { RichText } from "../../src/contract/rich-text.js";
import { say } from "../../src/draft/say.js";
import { item, textOf } from "./builders.js";

function saying(says: string, fields: Parameters<typeof item>[3] = {}): string {
  const { rule, ...rest } = item("message", "1", "12:00", fields);
  return textOf(say({ ...rest, rule: { ...rule, says } }));
}

describe("say", () => {
  it.each([
    ["{actor} merged {title} into {scope}", { person: "p", title: "Fix" }, "<p> merged Fix into scope"],
    ["{actor}: {body}", { program: "Pager", body: "on fire" }, "Pager: on fire"],
    ["{actor}: {body}", { body: "on fire" }, "on fire"],
    ["{actor}: {body}", { person: "p" }, "<p>"],
    ["{title}: {outcome}", { title: "Errors" }, "Errors"],
    ["{title} ({outcome}) in #{scope}", { title: "Errors" }, "Errors in #scope"],
    ["{title} in #{scope}", { title: "Errors", scopeName: "" }, "Errors in"],
    ["{title} {outcome}", { title: "Deploy", signals: { outcome: "failure" } }, "Deploy failed"],
    ["{title} {outcome}", { title: "Errors", signals: { transition: "recovered" } }, "Errors recovered"],
    ["{unknown} stays", {}, "{unknown} stays"],
    ["{body}", { body: "{title}" }, "{title}"],
  ] as const)("%s", (says, fields, expected) => {
    expect(saying(says, fields)).toBe(expected);
  });

  it("continues with the first paragraph and keeps the other blocks", () => {
    const body: RichText = [
      { type: "paragraph", inlines: [{ type: "text", text: "one" }] },
      { type: "code", text: "x = 1" },
      { type: "paragraph", inlines: [{ type: "text", text: "two" }] },
    ];
    expect(say(item("message", "1", "12:00", { person: "p", body }))).toEqual([
      {
        type: "paragraph",
        inlines: [
          { type: "role", person: "p" },
          { type: "text", text: ": " },
          { type: "text", text: "one" },
        ],
      },
      { type: "code", text: "x = 1" },
      { type: "paragraph", inlines: [{ type: "text", text: "two" }] },
    ]);
  });

  it("says of what was deleted only that", () => {
    expect(saying("{actor}: {body}", { person: "p", body: "secret", deleted: true })).toBe("(deleted at the source)");
  });
});
