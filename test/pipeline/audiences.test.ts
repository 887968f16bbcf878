import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtinConnectors } from "../../connectors/index.js";
import type { DraftAudience } from "../../src/contract/audience.js";
import type { History } from "../../src/contract/history.js";
import { draftFromStore, type DraftFromStore } from "../../src/draft-from-store.js";
import { openStore } from "../../src/store/open-store.js";
import { openBench, type Bench } from "../support/build-fixture.js";

const ID = "2026-03-04-checkout-errors";
/** A private channel of the bundled incident, read since it is named exactly, and another that nobody has heard of. */
const PRIVATE = { id: "C002DB9A2B", name: "inc-0304-partners" };
const SLACK = { channels: ["inc-*", PRIVATE.name, "board-of-acquisition"] };
let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await bench.build({ sections: { slack: SLACK } });
});
afterAll(() => bench.close());

async function draftFor(audience: DraftAudience): Promise<DraftFromStore> {
  const store = await openStore(`${bench.folder}/store/timeline.db`);
  try {
    const record = (await store.incident(ID))!;
    const history = record.history as unknown as History;
    const { title, incidentStart: start, incidentEnd: end } = record;
    const basis = { ...history.build!, incident: { id: ID, title, start, end }, history, memory: null, roster: [], audience };
    return await draftFromStore(basis, { store, connectors: builtinConnectors.map((connector) => ({ connector })), progress: () => {} });
  } finally {
    await store.close();
  }
}

const privateIds = ({ draft }: DraftFromStore) => draft.evidence.filter(({ visibility }) => visibility === "private").map(({ id }) => id);

describe("drafts by audience", () => {
  it("shows members what is private to their channel, threads included, and leaves out what is private elsewhere", async () => {
    const [all, members, strangers] = [
      await draftFor("internal"),
      await draftFor({ connector: "slack", scopes: [PRIVATE.id] }),
      await draftFor({ connector: "slack", scopes: ["C0"] }),
    ];

    expect(privateIds(all).length).toBeGreaterThan(2);
    expect(privateIds(members)).toEqual(privateIds(all));
    expect(members.leftOut).toEqual({ records: 0, scopes: 1 });
    expect(privateIds(strangers)).toEqual([]);
    expect(strangers.leftOut.records).toBeGreaterThanOrEqual(privateIds(all).length);
    expect(privateIds(await draftFor({ connector: "github", scopes: [PRIVATE.id] }))).toEqual([]);
  });

  it("tells the organisation neither the name, nor the id, nor the existence of a private channel", async () => {
    const { draft, series, leftOut } = await draftFor("public");
    const text = JSON.stringify([draft, series.map((each) => each.series)]);

    expect(leftOut.scopes).toBeGreaterThan(1);
    expect(draft.coverage.length).toBeGreaterThan(5);
    for (const word of [PRIVATE.id, PRIVATE.name, "partners", "board-of-acquisition"]) expect(text).not.toContain(word);
  });

  it("leaves nothing out for the owner", async () => {
    expect((await draftFor("internal")).leftOut).toEqual({ records: 0, scopes: 0 });
  });
});
