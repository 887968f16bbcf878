import { expect, it } from "vitest";
import type { AccountReference } from "../../src/normalize/people.js";
import { suggestPeople } from "../../src/normalize/suggest-people.js";

function account(connector: string, id: string, more: Partial<AccountReference> = {}): AccountReference {
  return { type: "account", connector, id, kind: "person", handle: null, names: [], emails: [], ...more };
}
const alone = (...keys: string[]) => keys.map((key) => ({ key, accounts: [key] }));

const CASES: readonly (readonly [string, readonly AccountReference[], readonly (readonly string[])[]])[] = [
  [
    "a full name, whatever its case and accents",
    [account("slack", "U1", { names: ["Zoë Kvist"] }), account("github", "zk", { names: ["zoe  KVIST"] })],
    [["github:zk", "slack:U1"]],
  ],
  [
    "a handle, with or without dots",
    [account("slack", "U1", { handle: "rose.tamblyn" }), account("github", "rose-tamblyn")],
    [["github:rose-tamblyn", "slack:U1"]],
  ],
  [
    "the name in an address",
    [account("slack", "U1", { handle: "octavia" }), account("datadog", "octavia@acme.example")],
    [["datadog:octavia@acme.example", "slack:U1"]],
  ],
  ["not a first name alone", [account("slack", "U1", { names: ["Rose"] }), account("github", "x", { names: ["Rose"] })], []],
  ["not a short handle", [account("slack", "U1", { handle: "may" }), account("github", "may")], []],
  ["not two accounts of one vendor", [account("slack", "U1", { names: ["A Bell"] }), account("slack", "U2", { names: ["A Bell"] })], []],
  [
    "not a name that two people of one vendor have",
    [
      account("slack", "U1", { names: ["A Bell"] }),
      account("slack", "U2", { names: ["A Bell"] }),
      account("github", "bell", { names: ["A Bell"] }),
    ],
    [],
  ],
  ["not a program", [account("slack", "U1", { handle: "deployer" }), account("github", "deployer", { kind: "bot" })], []],
  [
    "three of one person",
    [
      account("slack", "U1", { names: ["A Bell"], handle: "abell" }),
      account("github", "bell", { names: ["A Bell"] }),
      account("datadog", "abell@x"),
    ],
    [["datadog:abell@x", "github:bell", "slack:U1"]],
  ],
];

it.each(CASES)("takes %s", (_what, accounts, expected) => {
  const people = alone(...accounts.map(({ connector, id }) => `${connector}:${id}`));
  const found = suggestPeople(people, accounts);
  expect(found.map((each) => each.accounts)).toEqual(expected);
  expect(found.every(({ because }) => because.length > 0)).toBe(true);
  expect(suggestPeople([...people].reverse(), [...accounts].reverse()).map((each) => each.accounts)).toEqual(expected);
});

it("says nothing of accounts that are known as one person", () => {
  const accounts = [account("slack", "U1", { names: ["A Bell"] }), account("github", "bell", { names: ["A Bell"] })];
  expect(suggestPeople([{ key: "github:bell", accounts: ["github:bell", "slack:U1"] }], accounts)).toEqual([]);
});
