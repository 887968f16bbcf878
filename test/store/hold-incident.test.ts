import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { openStore } from "../../src/store/index.js";
import { temporaryStore } from "./samples.js";

const never = new AbortController().signal;

it("lets one build of an incident at a time, others waiting in between, and those of other incidents at once", async () => {
  const { store: first, path } = await temporaryStore();
  const second = await openStore(path);
  const told: string[] = [];
  const letGo = await first.holdIncident("a", { signal: never, onWait: () => told.push("first waits") });

  const waiting = second.holdIncident("a", { signal: never, onWait: () => told.push("second waits") }).then((release) => {
    told.push("second has it");
    return release;
  });
  const other = await second.holdIncident("b", { signal: never, onWait: () => told.push("other waits") });
  await delay(400);
  told.push("first lets go");
  await letGo();
  await (
    await waiting
  )();
  await other();

  expect(told).toEqual(["second waits", "first lets go", "second has it"]);
  await second.close();
  await first.close();
  expect(await readdir(dirname(path))).toEqual(["timeline.db"]);
});

it("keeps no second file beside its own, whose making would fail while the last holder removes that one", async () => {
  const { store, path } = await temporaryStore();
  const before = await readdir(dirname(path));

  const letGo = await store.holdIncident("a", { signal: never, onWait: () => undefined });

  const held = (await readdir(dirname(path))).filter((name) => !before.includes(name));
  expect(held).toEqual([expect.stringMatching(/^timeline\.db-build-[0-9a-f]{16}$/)]);
  await letGo();
  await store.close();
});

it("stops waiting when it is told to", async () => {
  const { store, path } = await temporaryStore();
  const second = await openStore(path);
  const letGo = await store.holdIncident("a", { signal: never, onWait: () => undefined });
  const stopping = new AbortController();

  const waiting = second.holdIncident("a", { signal: stopping.signal, onWait: () => stopping.abort(new Error("stopped by hand")) });

  await expect(waiting).rejects.toThrow("stopped by hand");
  await letGo();
  await second.close();
});

it("never has two holders, however many take turns", async () => {
  const { path } = await temporaryStore();
  const stores = await Promise.all(Array.from({ length: 6 }, () => openStore(path)));
  let [inside, most, turns] = [0, 0, 0];
  await Promise.all(
    stores.flatMap((store) =>
      [1, 2, 3].map(async () => {
        const letGo = await store.holdIncident("a", { signal: new AbortController().signal, onWait: () => undefined });
        most = Math.max(most, (inside += 1));
        await delay(2);
        inside -= 1;
        turns += 1;
        await letGo();
      }),
    ),
  );
  for (const store of stores) await store.close();

  expect({ most, turns }).toEqual({ most: 1, turns: 18 });
});
