import { describe, expect, it } from "vitest";
import type { RichText } from "../../src/contract/rich-text.js";
import { toPlain } from "../../src/kit/rich-text.js";
import { createRoleReplacer, type KnownReference } from "../../src/normalize/index.js";
import { account } from "./builders.js";

const REFERENCES: readonly KnownReference[] = [
  account("chat:U0ILSE", ["Ilse V.", "Ilse Vermeulen"], { handle: "ilse", emails: ["ilse.v@acme.example"] }),
  account("chat:U0WILL", ["Will D."], { handle: "will" }),
  account("chat:U0BO", ["Bo N."], { handle: "bo" }),
  account("chat:U0ANA1", ["Ana Ruiz"], { handle: "ana.r" }),
  account("chat:U0ANA2", ["Ana Okafor"], { handle: "anao" }),
  account("chat:U0JP", ["J-P L."], { handle: "jp-l" }),
  account("chat:U0ZOE", ["Zoë Lindqvist (payments)"], { handle: "zoel" }),
  account("chat:U0TANAKA", ["田中 太郎"], { handle: "tanaka" }),
  account("chat:U0MAY", ["May Page"], { handle: "mayp" }),
  account("chat:U0OB", ["Sean O’Brien"], { handle: "obrien9" }),
  account("code:ainot", [], { handle: "AinoT" }),
  account("code:jean-luc", [], { handle: "jean-luc" }),
  account("code:bo", [], { handle: "bo" }),
  account("chat:B0DEPLOY", ["Deploybot"], { kind: "bot", handle: "deploybot" }),
  account("chat:U0CLASH", ["Deploybot Fan"], { handle: "deploybot" }),
  { connector: "code", type: "repository", id: "1", name: "acme/ilse", visibility: "public" },
];
const PEOPLE = REFERENCES.flatMap((each) =>
  each.type === "account" && each.kind !== "bot"
    ? [{ key: `${each.connector}:${each.id}`, accounts: [`${each.connector}:${each.id}`] }]
    : [],
);
const roles = createRoleReplacer(PEOPLE, REFERENCES);

function shown(text: string, connector: string | null = "chat"): string {
  return toPlain([{ type: "paragraph", inlines: roles.line(text, connector) }], (inline) =>
    inline.type === "role" ? `<${inline.person.slice(inline.person.indexOf(":") + 1)}>` : "?",
  );
}

describe("createRoleReplacer", () => {
  it.each([
    ["a full name before a first name", "Assigned to Ilse V. at noon", "Assigned to <U0ILSE> at noon"],
    ["a first name", "IC: ilse, scribe: BO", "IC: <U0ILSE>, scribe: <U0BO>"],
    ["a full name of another spelling", "Ilse  Vermeulen's fix", "<U0ILSE>'s fix"],
    ["a surname", "ask Vermeulen", "ask <U0ILSE>"],
    ["the other way round", "Vermeulen, Ilse", "<U0ILSE>"],
    ["a handle with its mark", "ping @ilse please", "ping <U0ILSE> please"],
    ["a handle with hyphens", "thanks @jp-l", "thanks <U0JP>"],
    ["a first name with a hyphen", "J-P and j-p L. agree", "<U0JP> and <U0JP> agree"],
    ["an id", "see U0ILSE and u0ilse", "see <U0ILSE> and <U0ILSE>"],
    ["a login", "merged by ainot", "merged by <ainot>"],
    ["a login with a hyphen", "by jean-luc.", "by <jean-luc>."],
    ["no part of a word", "bosun, robot, tableau_bo_x, lilse", "bosun, robot, tableau_bo_x, lilse"],
    ["a word in marks", "_Ilse_ (*bo*)", "_<U0ILSE>_ (*<U0BO>*)"],
    ["a part of a host", "web-ilse-1", "web-<U0ILSE>-1"],
    ["accents or none", "Zoe and ZOË and Zoë Lindqvist", "<U0ZOE> and <U0ZOE> and <U0ZOE>"],
    ["nothing of a decoration", "payments are slow", "payments are slow"],
    ["a script without spaces", "田中さんが直した。田中太郎", "<U0TANAKA>さんが直した。<U0TANAKA>"],
    ["any apostrophe", "Sean O'Brien wrote", "<U0OB> wrote"],
    ["a known address", "mail ILSE.V@acme.example now", "mail <U0ILSE> now"],
    ["an unknown address", "mail x.y@other.example.", "mail [e-mail address]."],
    ["no version, no clone URL", "left-pad@1.3.0 git@host.example:acme/shop", "left-pad@1.3.0 git@host.example:acme/shop"],
    ["two people of one first name as nobody", "Ana said so", "[someone] said so"],
    ["one of them by her full name", "Ana Ruiz and @anao", "<U0ANA1> and <U0ANA2>"],
    ["no common word", "it will fail, I will d", "it will fail, I will d"],
    ["a common word with a mark", "@will can you", "<U0WILL> can you"],
    ["a common word with an initial", "Will D. restarted it, will d. did", "<U0WILL> restarted it, <U0WILL> did"],
    ["no phrase that is a name in capitals only", "you may page them; May Page did", "you may page them; <U0MAY> did"],
    ["no name of a program", "Deploybot says deploybot is up", "Deploybot says deploybot is up"],
    ["a shell prompt", "root@ilse:~", "root@<U0ILSE>:~"],
    ["no empty text", "", ""],
  ])("finds %s", (_, text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it("reads a handle as that of the system it was written in, and guesses nowhere else", () => {
    expect(shown("bo", "chat")).toBe("<U0BO>");
    expect(shown("bo", "code")).toBe("<bo>");
    expect(shown("bo", "watch")).toBe("[someone]");
  });

  it("turns mentions into roles, those of programs into their names", () => {
    const body: RichText = [
      {
        type: "paragraph",
        inlines: [
          { type: "account", connector: "chat", account: "U0ILSE" },
          { type: "text", text: " asked ", style: { bold: true } },
          { type: "account", connector: "chat", account: "B0DEPLOY" },
          { type: "account", connector: "chat", account: "U0NOBODY" },
        ],
      },
      { type: "code", text: "owner: ilse" },
      { type: "list", ordered: false, indent: 0, start: 1, items: [[{ type: "text", text: "bo", style: { code: true } }]] },
    ];

    expect(roles.body(body, "chat")).toEqual([
      {
        type: "paragraph",
        inlines: [
          { type: "role", person: "chat:U0ILSE" },
          { type: "text", text: " asked ", style: { bold: true } },
          { type: "text", text: "Deploybot" },
          { type: "text", text: "[someone]" },
        ],
      },
      { type: "code", text: "owner: [someone]" },
      { type: "list", ordered: false, indent: 0, start: 1, items: [[{ type: "role", person: "chat:U0BO" }]] },
    ]);
  });

  it.each([
    ["https://code.example/acme/shop/pull/7", "https://code.example/acme/shop/pull/7"],
    ["https://code.example/acme/ilse/pull/7", "https://code.example/acme/ilse/pull/7"],
    ["https://code.example/AinoT", "https://code.example/"],
    ["https://code.example/search?q=%69lse", "https://code.example/"],
    ["https://ilse.example/x", null],
    ["https://bo:pw@host.example/", null],
    ["mailto:ilse.v@acme.example", null],
  ])("shows of %s what names nobody", (url, expected) => {
    expect(roles.url(url)).toBe(expected);
  });

  it("keeps a link and cleans its label", () => {
    const link = (url: string, text: string) => roles.body([{ type: "paragraph", inlines: [{ type: "link", url, text }] }], "chat")[0];
    expect(link("https://code.example/x", "notes of Ilse")).toEqual({
      type: "paragraph",
      inlines: [{ type: "link", url: "https://code.example/x", text: "notes of [someone]" }],
    });
    expect(link("mailto:ilse.v@acme.example", "mailto:ilse.v@acme.example")).toEqual({
      type: "paragraph",
      inlines: [{ type: "text", text: "mailto:[someone]" }],
    });
  });
});
