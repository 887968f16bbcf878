import { describe, expect, it } from "vitest";
import { accounts, sighting } from "../../../connectors/github/accounts.js";
import type { Reference } from "../../../src/contract/page.js";
import { author, person } from "./answers.js";
import { bench, type Bench } from "./fake.js";

const commit = (login: string, email: string) => ({ author: person(login), commit: { author: { name: login, email } } });

function seen(made: Bench, login: string, repository = "acme/shop", sha: string | null = "b9d7ad9", name: string | null = null): void {
  made.found.push(...sighting("pulls", repository, made.context.window.from + 5, author(login, name), sha));
}

async function read(made: Bench): Promise<readonly Reference[]> {
  const { scopes, references } = await accounts.plan(made.context);
  expect(scopes).toEqual([]);
  return references ?? [];
}

describe("accounts", () => {
  it("plan nothing when nobody was seen", async () => {
    expect(await read(bench(() => ({})))).toEqual([]);
  });

  it("have names and the e-mail address of a commit of theirs, asked once", async () => {
    const made = bench(() => commit("Ines-K", "Ines@Acme.example"));
    seen(made, "Ines-K", "acme/shop", "b9d7ad9", "Ines Kahler");
    seen(made, "Ines-K", "acme/rules");
    made.found.push(...sighting("runs", "acme/shop", made.context.window.from, { login: "shipper[bot]", type: "Bot" }, "b9d7ad9"));
    expect(await read(made)).toEqual([
      { type: "account", id: "ines-k", kind: "person", handle: "Ines-K", names: ["Ines Kahler"], emails: ["ines@acme.example"] },
      { type: "account", id: "shipper[bot]", kind: "bot", handle: "shipper[bot]", names: [], emails: [] },
    ]);
    await read(made);
    expect(made.requests).toHaveLength(1);
  });

  it.each([
    ["a hidden address", () => commit("ines-k", "7+ines-k@users.noreply.github.com")],
    ["a hidden address elsewhere", () => commit("ines-k", "ines-k@users.noreply.example.com")],
    ["a commit of someone else", () => commit("tomw", "tom@acme.example")],
    ["a commit of nobody", () => ({ author: null, commit: { author: { email: "x@acme.example" } } })],
    ["a commit that is gone", () => Response.json({ message: "No commit found" }, { status: 422 })],
    ["another shape", () => []],
  ])("take no address from %s", async (_name, handler) => {
    const made = bench(handler);
    seen(made, "ines-k");
    expect(await read(made)).toMatchObject([{ id: "ines-k", emails: [] }]);
  });

  it("ask for no more than fifty", async () => {
    const made = bench(() => commit("x", "x@acme.example"));
    for (let index = 0; index < 80; index += 1) seen(made, `author-${index}`);
    expect(await read(made)).toHaveLength(80);
    expect(made.requests).toHaveLength(50);
  });

  it("ask for a newcomer alone when more were seen", async () => {
    const made = bench(() => commit("x", ""));
    seen(made, "ines-k");
    await read(made);
    seen(made, "tomw");
    expect(await read(made)).toHaveLength(2);
    expect(made.requests).toHaveLength(2);
  });
});
