import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import type { Evidence } from "../../src/contract/evidence.js";
import type { PurgeRule } from "../../src/contract/retention.js";
import type { Store } from "../../src/contract/store.js";
import { MICROS_PER_DAY, MICROS_PER_HOUR } from "../../src/kit/instant.js";
import { openStore } from "../../src/store/index.js";
import { at, key, list, message, owner, pageOf, temporaryStore } from "./samples.js";

const never = { signal: new AbortController().signal, onWait: () => undefined };
const [old, recent] = [at - 100 * MICROS_PER_DAY, at - MICROS_PER_DAY];
const cutoff = at - 10 * MICROS_PER_DAY;
const words = "older than ten days";
const rule = (parts: Partial<PurgeRule> = {}): PurgeRule => ({
  public: cutoff,
  private: cutoff,
  deletedAtSource: null,
  incident: null,
  withIncident: false,
  words,
  ...parts,
});
const everything = { from: 1, until: at * 2 };

describe("purging", () => {
  it("takes what is older with all its versions, and leaves what is not, per visibility", async () => {
    const { store } = await temporaryStore();
    await keep(store, [said("old", old), said("old secret", old, { visibility: "private" }), said("recent", recent)]);
    await keep(store, [said("old", old, { title: "edited" })]);

    const result = await store.purge(rule({ public: null }), at, { dryRun: false });
    const left = await idsOf(store);
    const rest = await store.purge(rule(), at, { dryRun: false });

    expect([result.records, left]).toEqual([1, ["old", "recent"]]);
    expect([rest.records, await idsOf(store), await store.versions(owner, "old")]).toEqual([1, ["recent"], []]);
  });

  it("keeps what began before and has a time after", async () => {
    const { store } = await temporaryStore();
    await keep(store, [said("long", [old, recent])]);

    expect(await store.purge(rule(), at, { dryRun: false })).toMatchObject({ records: 0 });
    expect(await idsOf(store)).toEqual(["long"]);
  });

  it("says what it would do and does none of it", async () => {
    const { store } = await temporaryStore();
    await keep(store, [said("old", old)]);

    const told = await store.purge(rule(), at, { dryRun: true });

    expect(told.records).toBe(1);
    expect([await idsOf(store), await store.purged([key])]).toEqual([["old"], []]);
  });

  it("remembers where records are missing, until they are read again", async () => {
    const { store } = await temporaryStore();
    const span = { from: old - 10, until: old + MICROS_PER_HOUR };
    await keep(store, [said("old", old), said("older", old - 5)], [span]);
    await store.purge(rule(), at, { dryRun: false });

    const purged = await store.purged([key]);
    await keep(store, [], [{ from: old - 10, until: old }]);
    const half = await store.purged([key]);
    await keep(store, [], [span]);

    expect(purged).toEqual([{ ...key, span, purgedAt: at, words, count: 2 }]);
    expect(half).toEqual([{ ...key, span: { from: old, until: span.until }, purgedAt: at, words, count: null }]);
    expect(await store.purged([key])).toEqual([]);
    expect((await store.covered(key)).map((each) => each.span)).toEqual([span]);
  });

  it("empties what its source deleted, after its time, and keeps that it was there", async () => {
    const { store } = await temporaryStore();
    await keep(store, [said("gone", recent, { title: "its title" })]);
    await store.markDeleted(await store.beginRun("i1", at), owner, ["gone"], recent);

    const early = await store.purge(rule({ deletedAtSource: recent }), at, { dryRun: false });
    const result = await store.purge(rule({ deletedAtSource: at }), at, { dryRun: false });

    const [left] = await store.versions(owner, "gone");
    expect([early.texts, result.texts]).toEqual([0, 1]);
    expect(left).toMatchObject({ deletedAt: recent, evidence: { title: "", body: [], actor: { id: "U1" } } });
    expect(await store.purge(rule({ deletedAtSource: at }), at, { dryRun: false })).toMatchObject({ texts: 0 });
  });
});

describe("people", () => {
  const account = (id: string, name: string) => ({ type: "account", id, kind: "person", handle: null, names: [name], emails: [] }) as const;

  it("are forgotten when nothing refers to them any more, by id or by name, and their letter stays taken", async () => {
    const { store } = await temporaryStore();
    const by = (id: string) => ({ actor: { connector: "chat", id, kind: "person" } }) as const;
    const run = await store.beginRun("i1", at);
    const evidence = [said("a", old, by("U1")), said("b", old, by("U2")), said("c", old, by("U3"))];
    const naming = said("thanks Berta", recent, by("U3"));
    const references = [account("U1", "Alma"), account("U2", "Berta"), account("U3", "Carl"), account("U4", "Dora")];
    await store.commitPage(run, pageOf([...evidence, naming], { references }));
    await store.remember(run, owner, "users", ["Alma"], at);
    await store.putIncident(incident("i1", { roles: { "chat:U1": "responder A", "chat:U3": "responder B" }, entries: {} }));

    const result = await store.purge(rule(), at, { dryRun: false });

    expect(result.people).toBe(1);
    expect((await store.references(owner)).map(({ id }) => id)).toEqual(["U2", "U3", "U4"]);
    expect(await store.recall(owner, "users")).toBeNull();
    expect((await store.incident("i1"))?.history).toMatchObject({
      roles: { "purged:responder A": "responder A", "chat:U3": "responder B" },
    });
  });
});

describe("a held incident", () => {
  it("keeps what its draft is made of, and no more", async () => {
    const { store } = await temporaryStore();
    await keep(store, [said("drawn on", old), said("before it", old - 200 * MICROS_PER_DAY)]);
    await store.putIncident(
      incident("i1", memory([{ ...key, name: "C1", lastDeployment: false, spans: [{ from: old, until: old + 1 }] }])),
    );
    await store.putHold({ incident: "i1", reason: "asked for by counsel", since: at });

    const result = await store.purge(rule(), at, { dryRun: false });
    const left = await idsOf(store);
    const released = [await store.releaseHold("i1"), await store.releaseHold("i1")];
    await store.purge(rule(), at, { dryRun: false });

    expect([result.records, result.kept, left]).toEqual([1, 1, ["drawn on"]]);
    expect([released, await idsOf(store)]).toEqual([[true, false], []]);
  });

  it("keeps everything around it when nobody knows what its draft was made of", async () => {
    const { store } = await temporaryStore();
    await keep(store, [said("around", old)]);
    await store.putIncident({ ...incident("i1", {}), incidentStart: old, incidentEnd: old + 1 });
    await store.putHold({ incident: "i1", reason: "asked for by counsel", since: at });

    expect(await store.purge(rule(), at, { dryRun: false })).toMatchObject({ records: 0, kept: 1 });
  });
});

describe("one incident", () => {
  it("goes with its notes; what another draws on too stays", async () => {
    const { store } = await temporaryStore();
    await keep(store, [said("its own", old), said("shared", old + 10), said("of none", old + 20)]);
    const scope = { ...key, name: "C1", lastDeployment: false };
    await store.putIncident(incident("i1", memory([{ ...scope, spans: [{ from: old, until: old + 15 }] }])));
    await store.putIncident(incident("i2", memory([{ ...scope, spans: [{ from: old + 10, until: old + 15 }] }])));
    const note = { at: old, precisionMicros: 1, sourceText: "", text: "a note", notedAt: old, removedAt: null };
    for (const id of ["i1", "i2"]) await store.addNote({ ...note, id: `note:${id}`, incident: id });

    const result = await store.purge(rule({ incident: "i1", withIncident: true }), at, { dryRun: false });

    expect(result).toMatchObject({ records: 1, kept: 1, notes: 1 });
    expect(await idsOf(store)).toEqual(["shared", "of none"]);
    expect((await store.incidents()).map(({ id }) => id)).toEqual(["i2"]);
    expect([await store.notes("i1"), (await store.notes("i2")).length]).toEqual([[], 1]);
  });
});

describe("the files of the store", () => {
  it("hold no byte of what was purged: of versions, references, series, threads", async () => {
    const { store, path } = await temporaryStore();
    await plant(store);
    expect(await planted(path)).toEqual(WORDS);

    await store.purge(rule(), at, { dryRun: false });

    expect(await planted(path)).toEqual([]);
    expect(await idsOf(store)).toHaveLength(300);
  });

  it("hold none after the purge that follows one that was cut off, either", async () => {
    const { store, path } = await temporaryStore();
    await store.close();
    const impatient = await openStore(path, { busyTimeoutMs: 50 });
    await plant(impatient);
    const reader = new Database(path);
    reader.exec("begin");
    reader.prepare("select count(*) from record").get();

    await expect(impatient.purge(rule(), at, { dryRun: false })).rejects.toMatchObject({ id: "PURGE_UNFINISHED" });
    const leftAfterFirst = await planted(path);
    reader.close();
    const second = await impatient.purge(rule(), at, { dryRun: false });

    expect(leftAfterFirst).not.toEqual([]);
    expect(second.records).toBe(0);
    expect(await planted(path)).toEqual([]);
    await impatient.close();
  });

  it("hold none after a purge whose process ended between deleting and scrubbing", async () => {
    const { store, path } = await temporaryStore();
    await plant(store);
    await store.close();
    const killed = new Database(path);
    killed.exec("delete from record_version; delete from record_time; delete from record_scope; delete from record");
    killed.exec("delete from series; delete from discovered; delete from reference");
    killed.exec("insert into purge (at, rule, records, series, people) values (1, 'all', 1, 1, 1)");
    killed.close();

    const next = await openStore(path);
    await next.purge(rule({ public: null, private: null }), at, { dryRun: false });

    expect(await planted(path)).toEqual([]);
    await next.close();
  });
});

describe("while a build is at work", () => {
  it("waits for it, and keeps the next one waiting", async () => {
    const { store, path } = await temporaryStore();
    const other = await openStore(path);
    const told: string[] = [];
    const endBuild = await other.holdIncident("a", never);

    const purging = store.holdStore({ ...never, onWait: () => told.push("purge waits") }).then((letGo) => (told.push("purge"), letGo));
    await until(() => told.includes("purge waits"));
    const next = other.holdIncident("b", { ...never, onWait: () => told.push("b waits") }).then((letGo) => (told.push("b"), letGo));
    await until(() => told.includes("b waits"));
    await endBuild();
    await (
      await purging
    )();
    await (
      await next
    )();

    expect(told).toEqual(["purge waits", "b waits", "purge", "b"]);
    await other.close();
    expect((await readdir(dirname(path))).filter((name) => name.includes("-build-") || name.endsWith("-purge"))).toEqual([]);
  });
});

it("is not kept waiting by a task that goes on for ever, and two of these are not at work at once", async () => {
  const { store, path } = await temporaryStore();
  const other = await openStore(path);
  const endTask = await store.holdIncident(" watch", never);
  const endPurge = await other.holdStore({ ...never, onWait: () => expect.unreachable("it waits") });
  const stopping = new AbortController();

  const second = other.holdIncident(" watch", { signal: stopping.signal, onWait: () => stopping.abort(new Error("one is enough")) });

  await expect(second).rejects.toThrow("one is enough");
  await endPurge();
  await endTask();
  await other.close();
});

const WORDS = ["planted-body", "planted-edit", "planted-name", "planted-unit", "planted-thread"];

/** Words in each place, between much that stays: so that pages are split and joined. */
async function plant(store: Store): Promise<void> {
  const chaff = Array.from({ length: 300 }, (_, index) => said(`recent ${index}`, recent + index, { title: "x".repeat(50 + index) }));
  const doomed = Array.from({ length: 300 }, (_, index) => said(`planted-body ${index}`, old + index));
  await keep(
    store,
    chaff.flatMap((each, index) => [each, doomed[index]!]),
  );
  await keep(
    store,
    doomed.slice(0, 50).map((each) => ({ ...each, title: "planted-edit" })),
  );
  const run = await store.beginRun("i1", at);
  const where = { source: "messages", scope: "C1" };
  await store.commitPage(run, {
    ...pageOf([said("planted-body by U9", old, { actor: { connector: "chat", id: "U9", kind: "person" } })]),
    references: [{ type: "account", id: "U9", kind: "person", handle: null, names: ["planted-name"], emails: [] }],
    discovered: [{ ...where, scope: "C1:1", name: "planted-thread", span: { from: old, until: old + 5 }, visibility: "public", data: {} }],
    series: [
      {
        ...where,
        series: "m",
        name: "m",
        query: "m",
        unit: "planted-unit",
        type: "gauge",
        stepSeconds: 20,
        url: null,
        slice: { from: old, until: old + 100 },
        times: [old],
        values: [1],
        visibility: "public",
      },
    ],
  });
}

/** Which of the words stand in any file of the store's folder. */
async function planted(path: string): Promise<string[]> {
  const folder = dirname(path);
  const bytes = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))));
  return WORDS.filter((word) => bytes.some((each) => each.includes(word)));
}

function said(text: string, when: number | readonly number[], overrides: Partial<Evidence> = {}): Evidence {
  return message(text, when, overrides);
}

async function keep(store: Store, evidence: readonly Evidence[], spans: readonly { from: number; until: number }[] = []): Promise<void> {
  const covered = spans.map((span) => ({ source: "messages", scope: "C1", span }));
  await store.commitPage(await store.beginRun("i1", at), pageOf(evidence, { covered }));
}

async function idsOf(store: Store): Promise<string[]> {
  return (await list(store.evidence([key], everything))).map(({ evidence }) => evidence.id);
}

function incident(id: string, history: object) {
  return { id, title: id, incidentStart: at, incidentEnd: at, history: history as never };
}

/** As a build leaves it, in what purging looks at. */
function memory(scopes: readonly object[]): object {
  const nowhere = { from: 1, until: 1 };
  return { roles: {}, entries: {}, build: { scopes, window: { baselines: [], spans: { metric: nowhere } } } };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}
