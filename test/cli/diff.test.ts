import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deleteMessage, editMessage } from "../../fixtures/change-messages.js";
import { loadIncident } from "../../fixtures/incident-data.js";
import type { DiffJson } from "../../src/cli/schemas/diff.js";
import { openBench, type Bench } from "../support/build-fixture.js";
import { timeline } from "./support.js";

const LATER = { now: "2026-03-20T10:00:00Z", request: { refresh: true } };
const CHANNEL = "inc-0304-checkout";
let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
  await bench.build();
});
afterAll(() => bench.close());

const say = (...argv: string[]) => timeline(bench.folder, argv);
const diff = async () => JSON.parse((await say("diff", "--json")).out) as DiffJson;

/** Two of the incident's channel that stand alone: an entry each, no thread. */
function twoMessages(): [string, string] {
  const alone = new Set(bench.json().entries.flatMap(({ evidence }) => (evidence.length === 1 ? evidence : [])));
  const all = loadIncident().slack.messages[CHANNEL]!.filter(
    (each) => each.thread_ts === undefined && alone.has(`slack:C0E9AD8216:${each.ts}`),
  );
  const plain = all.filter(({ subtype }) => subtype === undefined);
  return [plain[5]!.ts, plain[8]!.ts];
}

describe("timeline diff", () => {
  it("says of the first build that it is the first, and of a build that found nothing new nothing", async () => {
    expect((await say("diff")).out).toContain(`is the first that can be compared with a later one: ${bench.json().entries.length} entries`);
    await bench.build({ now: "2026-03-20T09:30:00Z" });
    expect(await diff()).toMatchObject({ before: null, build: { at: "2026-03-20T09:00:00.000Z" } });
  });

  it("tells what was added, changed and deleted, and a note that was withdrawn", async () => {
    const noted = (await say("note", "one", "--at", "12:05")).out;
    const id = /\[(note:[0-9a-f]+)\]/.exec(noted)![1]!;
    expect((await diff()).notesSince).toEqual({ added: 1, withdrawn: 0 });
    await bench.build({ now: "2026-03-20T09:40:00Z" });
    expect((await diff()).added.map((entry) => entry.id)).toEqual([id]);

    const [edited, deleted] = twoMessages();
    bench.server.mutate((data) => {
      editMessage(data, CHANNEL, edited, "it is the warehouse after all", 1_772_640_000);
      deleteMessage(data, CHANNEL, deleted);
    });
    await say("note", "--remove", id);
    expect((await diff()).notesSince).toEqual({ added: 0, withdrawn: 1 });
    await bench.build(LATER);

    const found = await diff();
    expect(found.before!.at).toBe("2026-03-20T09:40:00.000Z");
    expect(found.changed.map(({ evidence }) => evidence[0])).toEqual([`slack:C0E9AD8216:${edited}`]);
    expect(found.deleted.map(({ evidence }) => evidence[0])).toEqual([`slack:C0E9AD8216:${deleted}`]);
    expect(found.gone).toEqual([{ id, withdrawn: true }]);
    expect({ added: found.added, notSeen: found.notSeen, seenAgain: found.seenAgain }).toEqual({ added: [], notSeen: [], seenAgain: [] });

    const { out } = await say("diff");
    expect(out).toContain("compared with the one of 2026-03-20 09:40:00Z");
    expect(out).toMatch(/Changed at the source: 1\n. 2026-03-04 .*it is the warehouse after all/);
    expect(out).toContain("Deleted at the source: 1\n");
    expect(out).toContain(`withdrawn by hand: one [${id}]`);
  });

  it("tells what could not be seen any more, and what can be seen again", async () => {
    const slack = { channels: ["inc-*", "#deploys"] };
    await bench.build({ ...LATER, now: "2026-03-20T11:00:00Z", sections: { slack } });
    const narrower = await diff();
    expect(narrower.notSeen.map(({ name }) => name)).toContain("#alerts-shop");
    expect(narrower.notSeen.every(({ now }) => now === null)).toBe(true);
    expect(narrower.gone.length).toBeGreaterThan(0);

    await bench.build({ ...LATER, now: "2026-03-20T12:00:00Z" });
    const again = await diff();
    expect(again.seenAgain.map(({ name, before }) => ({ name, before }))).toContainEqual({ name: "#alerts-shop", before: null });
    expect(again.added.map(({ id }) => id).sort()).toEqual(narrower.gone.map(({ id }) => id).sort());
    expect((await say("diff")).out).toContain("Seen again, or for the first time: ");
  });
});
