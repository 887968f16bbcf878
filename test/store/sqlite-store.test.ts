import { readFile } from "node:fs/promises";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SeriesChunk } from "../../src/contract/page.js";
import { UnsafeWriteError } from "../../src/kit/errors.js";
import { canonicalJson } from "../../src/kit/hash.js";
import { at, hashed, key, list, message, owner, pageOf, temporaryStore } from "./samples.js";

const all = { from: 1, until: at * 2 };

describe("runs", () => {
  it("takes up one that was killed, and no finished or old one", async () => {
    const { store } = await temporaryStore();
    const first = await store.beginRun("i1", at);
    await store.commitPage(first, pageOf([message("a", at)]));
    const second = await store.beginRun("i1", at + 100);
    expect(second).toMatchObject({ startedAt: at, token: first.token + 1 });
    await store.finishRun(second, at + 200);
    const third = await store.beginRun("i1", at + 300);
    expect(third.startedAt).toBe(at + 300);
    await store.commitPage(third, pageOf([message("b", at)]));
    const muchLater = at + 300 + 2 * 86_400_000_000;
    expect((await store.beginRun("i1", muchLater)).startedAt).toBe(muchLater);
  });

  it("refuses one that was overtaken, and keeps what it wrote before", async () => {
    const { store } = await temporaryStore();
    const first = await store.beginRun("i1", at);
    await store.commitPage(first, pageOf([message("a", at)]));
    const second = await store.beginRun("i1", at + 1);
    await store.commitPage(second, pageOf([message("b", at)]));
    await expect(store.commitPage(first, pageOf([message("c", at)]))).rejects.toThrow(UnsafeWriteError);
    await expect(store.finishRun(first, at)).rejects.toThrow(UnsafeWriteError);
    const other = await store.beginRun("i2", at);
    await store.commitPage(other, pageOf([message("d", at)]));
    expect((await list(store.evidence([key], all))).map(({ evidence }) => evidence.id)).toEqual(["a", "b", "d"]);
  });
});

describe("evidence", () => {
  it("keeps each version that the source made, and no other", async () => {
    const { store } = await temporaryStore();
    const run = await store.beginRun("i1", at);
    const edited = message("a", at, { title: "edited" });
    expect(await store.commitPage(run, pageOf([message("a", at), message("b", at)]))).toEqual({ added: 2, changed: 0, unchanged: 0 });
    expect(await store.commitPage(run, pageOf([message("a", at)]))).toEqual({ added: 0, changed: 0, unchanged: 1 });
    expect(await store.commitPage(run, pageOf([edited]))).toEqual({ added: 0, changed: 1, unchanged: 0 });
    const versions = await store.versions(owner, "a");
    expect(versions.map(({ version, evidence, hash }) => [version, evidence.title, hash])).toEqual([
      [1, "", hashed(message("a", at)).hash],
      [2, "edited", hashed(edited).hash],
    ]);
    expect(versions[1]!.evidence).toEqual(edited);
  });

  it("loses its tombstone when it is seen again, and keeps the one that the vendor says", async () => {
    const { store } = await temporaryStore();
    const run = await store.beginRun("i1", at);
    await store.commitPage(run, pageOf([message("a", at), message("b", at, { signals: { deletedAtSource: true } })]));
    expect(await store.markDeleted(run, owner, ["a", "a", "nobody"], at + 5)).toBe(1);
    expect((await list(store.evidence([key], all))).map(({ deletedAt }) => deletedAt)).toEqual([at + 5, at]);
    expect(await store.evidenceIds(key, all)).toEqual([]);
    await store.commitPage(run, pageOf([message("a", at)]));
    expect((await list(store.evidence([key], all))).map(({ deletedAt }) => deletedAt)).toEqual([null, at]);
  });

  it("comes by its first time, then id, when any of its times is inside the span", async () => {
    const { store } = await temporaryStore();
    const run = await store.beginRun("i1", at);
    await store.commitPage(
      run,
      pageOf([
        message("z", at + 5),
        message("a", at + 5),
        message("long", [at - 100, at + 3, at + 900]),
        message("around", [at - 100, at + 900]),
        message("around with null", [at - 100, null, at + 900]),
        message("nowhere", [null]),
        message("late", at + 10),
        message("ended inside", [at - 50, at]),
      ]),
    );
    const ids = (await list(store.evidence([key], { from: at, until: at + 10 }))).map(({ evidence }) => evidence.id);
    expect(ids).toEqual(["long", "ended inside", "a", "z"]);
    expect(await store.evidenceIds(key, { from: at, until: at + 10 })).toEqual([
      { id: "a", at: at + 5 },
      { id: "z", at: at + 5 },
    ]);
    expect(await store.seen(key, { from: at, until: at + 11 })).toBe(3);
  });

  it("is streamed whole over many chunks, while others write, for thousands of scopes", async () => {
    const { store } = await temporaryStore();
    const run = await store.beginRun("i1", at);
    const threads = Array.from({ length: 3500 }, (_, index) => message(`m${index}`, at + (index % 7), { scope: `C1:${index}` }));
    await store.commitPage(run, pageOf(threads));
    const keys = threads.map(({ scope }) => ({ ...key, scope }));
    const ids: string[] = [];
    for await (const { evidence } of store.evidence(keys, all)) {
      ids.push(evidence.id);
      if (ids.length === 1) await store.commitPage(run, pageOf([message("unseen", at, { scope: "C2" })]));
    }
    const expected = [...threads].sort((a, b) => a.times[0]!.at! - b.times[0]!.at! || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
    expect(ids).toEqual(expected);
  });

  it("belongs to the scope it was read in, and is invisible to others and to other tenants", async () => {
    const { store } = await temporaryStore();
    const run = await store.beginRun("i1", at);
    await store.commitPage(run, pageOf([message("a", at)], { readIn: { source: "threads", scope: "C1:1" } }));
    expect(await list(store.evidence([{ ...key, source: "threads", scope: "C1:1" }], all))).toHaveLength(1);
    expect(await list(store.evidence([key], all))).toHaveLength(0);
    expect(await list(store.evidence([{ ...key, source: "threads", scope: "C1:1", tenant: "T2" }], all))).toHaveLength(0);
  });

  it("survives as the same value, whatever text is in it", async () => {
    const { store } = await temporaryStore();
    const run = await store.beginRun("i1", at);
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.string({ unit: "binary" }), async (json, text) => {
        const evidence = message(`p${count++}`, at, { payload: { json, text, nested: JSON.parse(json) as never } });
        await store.commitPage(run, pageOf([evidence]));
        const [stored] = await store.versions(owner, evidence.id);
        expect(canonicalJson(stored!.evidence.payload["nested"])).toBe(canonicalJson(JSON.parse(json)));
        expect(stored!.evidence.payload["text"]).toBe(text);
      }),
      { numRuns: 15 },
    );
  });
});

describe("series", () => {
  const chunk = (from: number, values: (number | null)[]): SeriesChunk => ({
    source: "metrics",
    scope: "errors|q|20s",
    series: "errors",
    name: "errors",
    query: "q",
    unit: null,
    type: "count",
    stepSeconds: 20,
    slice: { from, until: from + values.length * 10 },
    times: values.map((_, index) => from + index * 10),
    values,
    visibility: "public",
    url: null,
  });
  const series = { ...owner, source: "metrics", scope: "errors|q|20s" };

  it("keeps points exactly, null for no sample, and replaces what is read again", async () => {
    const { store } = await temporaryStore();
    const run = await store.beginRun("i1", at);
    await store.commitPage(run, pageOf([], { series: [chunk(0, [1, null, 0.1 + 0.2, -0, 4, 5])] }));
    expect((await store.series([series], { from: 0, until: 1 }))[0]).toEqual(chunk(0, [1, null, 0.1 + 0.2, -0, 4, 5]));
    await store.commitPage(run, pageOf([], { series: [chunk(20, [7, 8])] }));
    const read = await store.series([series], { from: 0, until: 1000 });
    expect(read.map(({ slice, values }) => [slice.from, slice.until, values])).toEqual([
      [0, 20, [1, null]],
      [20, 40, [7, 8]],
      [40, 60, [4, 5]],
    ]);
    expect(await store.seen(series, { from: 10, until: 50 })).toBe(4);
    expect(await store.series([series], { from: 60, until: 70 })).toEqual([]);
  });
});

describe("progress and facts", () => {
  const gap = {
    source: "messages",
    scope: "C1",
    span: { from: 0, until: 100 },
    reason: "malformed" as const,
    count: 1,
    detail: "d",
    hint: null,
  };
  const readIn = { source: "messages", scope: "C1" };

  it("adds up the gaps of a walk, and forgets what a new walk will tell", async () => {
    const { store } = await temporaryStore();
    const run = await store.beginRun("i1", at);
    const truncated = { ...gap, reason: "truncated" as const, count: null };
    await store.commitPage(run, pageOf([], { gaps: [gap, truncated], readIn }));
    await store.commitPage(run, pageOf([], { gaps: [gap], readIn }));
    expect((await store.gaps([key])).map(({ reason, count }) => [reason, count])).toEqual([
      ["malformed", 2],
      ["truncated", null],
    ]);
    await store.forgetGaps(run, key, { from: 50, until: 100 });
    expect((await store.gaps([key])).map(({ reason }) => reason)).toEqual(["malformed"]);
    await store.forgetGaps(run, key, { from: 0, until: 100 });
    expect(await store.gaps([key])).toEqual([]);
    expect(await store.gaps([])).toEqual([]);
  });

  it("widens what was discovered and finds it by both ends", async () => {
    const { store } = await temporaryStore();
    const run = await store.beginRun("i1", at);
    const found = {
      source: "threads",
      scope: "C1:1",
      name: "n",
      span: { from: 10, until: 20 },
      visibility: "private" as const,
      data: { a: 1 },
    };
    await store.commitPage(run, pageOf([], { discovered: [found] }));
    await store.commitPage(run, pageOf([], { discovered: [{ ...found, span: { from: 15, until: 40 } }] }));
    expect(await store.discovered(owner, "threads", { from: 40, until: 50 })).toEqual([{ ...found, span: { from: 10, until: 40 } }]);
    expect(await store.discovered(owner, "threads", { from: 41, until: 50 })).toEqual([]);
    expect(await store.discovered(owner, "threads", { from: 0, until: 10 })).toEqual([]);
  });

  it("keeps the newest name and answer", async () => {
    const { store } = await temporaryStore();
    const run = await store.beginRun("i1", at);
    const named = (name: string) => ({ type: "channel" as const, id: "C1", name, visibility: "public" as const });
    await store.commitPage(run, pageOf([], { references: [named("#old")] }));
    await store.commitPage(run, pageOf([], { references: [named("#new")], at: at + 1 }));
    expect(await store.references(owner)).toEqual([named("#new")]);
    for (const name of ["#b", "#a", "#old"]) await store.commitPage(run, pageOf([], { references: [named(name)], at: at + 2 }));
    await store.commitPage(run, pageOf([], { references: [named("#older")], at }));
    expect(await store.references(owner)).toEqual([named("#old")]);
    await store.remember(run, owner, "channels", ["a"], at);
    await store.remember(run, owner, "channels", ["b"], at + 1);
    expect(await store.recall(owner, "channels")).toEqual({ value: ["b"], checkedAt: at + 1 });
    expect(await store.recall(owner, "other")).toBeNull();
  });

  it("knows a credential again and never holds it", async () => {
    const { store, path } = await temporaryStore();
    const run = await store.beginRun("i1", at);
    const credential = ["xo", "xb", "-made-up-credential"].join("");
    const identity = { tenant: "T1", data: { base: "https://acme.example" } };
    await store.rememberIdentity(run, "chat", "chat.example", credential, identity);
    expect(await store.identity("chat", "chat.example", credential)).toEqual(identity);
    expect(await store.identity("chat", "other.example", credential)).toBeNull();
    expect(await store.identity("chat", "chat.example", `${credential}x`)).toBeNull();
    await store.close();
    expect((await readFile(path)).includes(credential)).toBe(false);
  });

  it("lists incidents by their start", async () => {
    const { store } = await temporaryStore();
    const one = { id: "b", title: "B", incidentStart: at, incidentEnd: null, history: { roles: {} } };
    await store.putIncident({ ...one, id: "late", incidentStart: at + 1 });
    await store.putIncident(one);
    await store.putIncident({ ...one, incidentEnd: at + 9 });
    expect((await store.incidents()).map(({ id, incidentEnd }) => [id, incidentEnd])).toEqual([
      ["b", at + 9],
      ["late", null],
    ]);
    expect(await store.incident("nobody")).toBeNull();
  });

  it("says that it is closed", async () => {
    const { store } = await temporaryStore();
    await store.close();
    await expect(store.incidents()).rejects.toThrow(UnsafeWriteError);
  });
});
