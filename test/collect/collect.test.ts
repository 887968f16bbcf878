import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { collect, coverageOf, type Collected, type CollectOptions, type ConnectorInput } from "../../src/collect/index.js";
import type { Connector } from "../../src/contract/connector.js";
import type { ProgressEvent } from "../../src/contract/progress.js";
import type { ScopeKey, Store } from "../../src/contract/store.js";
import { CATEGORIES, type Window } from "../../src/contract/window.js";
import { SourceError, UnsafeWriteError } from "../../src/kit/errors.js";
import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE } from "../../src/kit/instant.js";
import { openStore } from "../../src/store/index.js";
import { at, list, message, temporaryFolder } from "../store/samples.js";
import { fakeConnector, fakeSource, type FakeSource } from "./fake-connector.js";

const HOUR = MICROS_PER_HOUR;
const span = { from: at, until: at + 10 * HOUR };
const inWindow = [{ ...span, purpose: "window" as const }];
const window: Window = {
  incidentStart: at + HOUR,
  incidentEnd: at + 2 * HOUR,
  ...span,
  spans: Object.fromEntries(CATEGORIES.map((category) => [category, span])) as Window["spans"],
  baselines: [],
  changeLookBack: { from: at - HOUR, until: at },
};
/** Long after the window. */
const later = at + 30 * MICROS_PER_DAY;

function messages(scope: string, count: number) {
  return Array.from({ length: count }, (_, index) => message(`chat:${scope}:${index}`, at + index * 10 * MICROS_PER_MINUTE, { scope }));
}

async function bench() {
  const path = join(await temporaryFolder(), "timeline.db");
  const events: ProgressEvent[] = [];
  let store = await openStore(path);
  onTestFinished(() => store.close());
  const build = async (
    connectors: readonly Connector<never>[],
    now: number,
    overrides: Partial<CollectOptions> = {},
  ): Promise<Collected> => {
    const run = await store.beginRun("i1", now);
    const inputs = connectors.map((connector): ConnectorInput => ({ connector, config: {}, credential: "c", host: "chat.example" }));
    const collected = await collect({
      connectors: inputs,
      window,
      store,
      run,
      now,
      recheckFor: MICROS_PER_DAY,
      refresh: false,
      nameless: () => (text) => text,
      fetchFor: () => () => Promise.reject(new Error("no network")),
      progress: (event) => events.push(event),
      signal: new AbortController().signal,
      ...overrides,
    });
    await store.finishRun(run, now);
    return collected;
  };
  return {
    path,
    events,
    build,
    get store() {
      return store;
    },
    reopen: async () => {
      await store.close();
      store = await openStore(path);
    },
  };
}

const keyOf = (scope: string, source = "messages"): ScopeKey => ({ connector: "chat", tenant: "T1", source, scope });

async function contents(store: Store, scopes: readonly string[]) {
  const all = await list(
    store.evidence(
      scopes.map((scope) => keyOf(scope)),
      { from: 1, until: at * 2 },
    ),
  );
  return all.map(({ evidence, version, deletedAt }) => [evidence.id, version, deletedAt]);
}

const distinctAsked = (source: FakeSource) => new Set(source.asked.map(({ scope, span }) => `${scope} ${span.until}`)).size;

describe("the order of asking", () => {
  it("is the window of every scope, then what is context or usual", async () => {
    const earlier = { from: at - HOUR, until: at };
    const wanted = [...inWindow, { ...earlier, purpose: "lookback" as const }];
    const source = fakeSource("messages", { C1: messages("C1", 1), C2: messages("C2", 1), C3: messages("C3", 1) }, wanted);
    const { build, events } = await bench();
    await build([fakeConnector("chat", [source])], later, { concurrency: 1 });
    expect(source.asked.map(({ scope, span }) => `${scope} ${span.from === at ? "window" : "before"}`)).toEqual([
      "C1 window",
      "C2 window",
      "C3 window",
      "C1 before",
      "C2 before",
      "C3 before",
    ]);
    const shares = events.flatMap((event) => (event.type === "source" ? [event.share] : []));
    expect(shares).toHaveLength(6);
    expect(shares.at(-1)).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  });

  it("does not ask the rest of a scope that failed", async () => {
    const wanted = [...inWindow, { from: at - HOUR, until: at, purpose: "lookback" as const }];
    const source = fakeSource("messages", { C1: messages("C1", 1), C2: messages("C2", 1) }, wanted);
    source.beforePage = (scope) => {
      if (scope === "C1") throw new SourceError("gone", { connector: "chat", action: "skip", reason: "not found" });
    };
    const { build } = await bench();
    const collected = await build([fakeConnector("chat", [source])], later);
    expect(source.asked.filter(({ scope }) => scope === "C1")).toHaveLength(1);
    expect(collected.scopes.find(({ scope }) => scope === "C1")!.gaps.map(({ span }) => span)).toEqual([
      { from: at - HOUR, until: at },
      { ...span },
    ]);
  });
});

describe("a second build", () => {
  it("makes no call and changes no byte", async () => {
    let identified = 0;
    const source = fakeSource("messages", { C1: messages("C1", 5), C2: messages("C2", 3) }, inWindow);
    const planGap = {
      source: "messages",
      scope: "#secret",
      span: null,
      reason: "not in channel" as const,
      count: null,
      detail: "not a member",
      hint: "/invite",
    };
    source.planGaps = [planGap, { ...planGap, scope: "C1", reason: "not asked" }];
    const connector = fakeConnector("chat", [source], () => identified++);
    const { build, path, reopen, store } = await bench();
    const first = await build([connector], later);
    const asked = source.asked.length;
    expect(first.readable).toBe(true);
    expect(await contents(store, ["C1", "C2"])).toHaveLength(8);
    await reopen();
    const before = await readFile(path);

    const second = await build([connector], later + HOUR);
    await reopen();

    expect(source.asked.length).toBe(asked);
    expect(identified).toBe(1);
    expect((await readFile(path)).equals(before)).toBe(true);
    expect(coverageOf(second)).toEqual(coverageOf(first));
    expect(first.checkedSince).toEqual([]);
    expect(second.checkedSince.map(({ scope, at }) => [scope, at])).toEqual([
      ["C1", later],
      ["C2", later],
    ]);
  });

  it("asks again for what ended within recheckFor, with refresh for everything, else for what is missing", async () => {
    const source = fakeSource("messages", { C1: messages("C1", 5) }, inWindow);
    source.pageSize = 100;
    const connector = fakeConnector("chat", [source]);
    const { build } = await bench();
    const soon = at + 9 * HOUR;
    await build([connector], soon, { recheckFor: 2 * HOUR });
    await build([connector], soon + HOUR, { recheckFor: 2 * HOUR });
    await build([connector], later);
    await build([connector], later, { refresh: true });
    expect(source.asked.map(({ span }) => [(span.from - at) / HOUR, (span.until - at) / HOUR])).toEqual([
      [0, 9],
      [8, 10],
      [0, 10],
    ]);
  });

  it("asks a lookback again until it was looked at after the window's end", async () => {
    const lookback = { from: at - HOUR, until: at, purpose: "lookback" as const };
    const source = fakeSource("messages", { C1: [] }, [lookback]);
    const connector = fakeConnector("chat", [source]);
    const { build } = await bench();
    for (const now of [at + 5 * HOUR, at + 6 * HOUR, later, later + HOUR]) await build([connector], now);
    expect(source.asked).toHaveLength(3);
  });

  it("of an overlapping incident asks only for what is not known", async () => {
    const source = fakeSource("messages", { C1: messages("C1", 5) }, inWindow);
    source.pageSize = 100;
    const connector = fakeConnector("chat", [source]);
    const { build } = await bench();
    await build([connector], later);
    source.wanted = [{ from: span.from - HOUR, until: span.until + HOUR, purpose: "window" }];
    await build([connector], later);
    expect(source.asked.slice(1).map(({ span }) => [(span.from - at) / HOUR, (span.until - at) / HOUR])).toEqual([
      [-1, 0],
      [10, 11],
    ]);
  });
});

describe("a build that is killed", () => {
  it.each([1, 2, 3, 4, 5, 6, 7])("at commit %i goes on: same content, one page a scope asked twice at most", async (when) => {
    const scopes = { C1: messages("C1", 6), C2: messages("C2", 5) };
    const quiet = fakeSource("messages", scopes, inWindow);
    const undisturbed = await bench();
    const expected = await undisturbed.build([fakeConnector("chat", [quiet])], later);

    const source = fakeSource("messages", scopes, inWindow);
    const test = await bench();
    const { build, store, reopen } = test;
    let commits = 0;
    const dying: Store = {
      ...store,
      commitPage: async (run, page) => (++commits === when ? Promise.reject(new Error("killed")) : store.commitPage(run, page)),
    };
    const connector = fakeConnector("chat", [source]);
    await expect(build([connector], later, { store: dying })).rejects.toThrow("killed");
    await reopen();
    const collected = await build([connector], later + 1000);

    expect(source.asked.length - distinctAsked(source)).toBeLessThanOrEqual(2);
    expect(coverageOf(collected)).toEqual(coverageOf(expected));
    for (const scope of ["C1", "C2"]) expect(await test.store.covered(keyOf(scope))).toEqual(await undisturbed.store.covered(keyOf(scope)));
  });

  it("holds the same records as an undisturbed one", async () => {
    const scopes = { C1: messages("C1", 6), C2: messages("C2", 5) };
    const source = fakeSource("messages", scopes, inWindow);
    const test = await bench();
    const stopping = new AbortController();
    source.beforePage = (_, page) => {
      if (page === 1) stopping.abort(new Error("stopped by hand"));
    };
    await expect(test.build([fakeConnector("chat", [source])], later, { signal: stopping.signal })).rejects.toThrow("stopped by hand");
    source.beforePage = () => {};
    await test.reopen();
    await test.build([fakeConnector("chat", [source])], later + 1000);
    const all = await contents(test.store, ["C1", "C2"]);
    expect(all).toHaveLength(11);
    expect(all.every(([, version, deletedAt]) => version === 1 && deletedAt === null)).toBe(true);
    expect(source.asked.length - distinctAsked(source)).toBeLessThanOrEqual(2);
  });
});

describe("failures stay their own", () => {
  const refused = (action: "stop" | "skip" | "retry") =>
    new SourceError("refused", { connector: "chat", action, reason: action === "retry" ? "unavailable" : "forbidden", hint: "do this" });

  it("skip and retry cost one scope, stop costs the connector, and the others go on", async () => {
    const bad = fakeSource("messages", { C1: messages("C1", 4), C2: messages("C2", 4), C3: messages("C3", 4) }, inWindow);
    const good = fakeSource("messages", { D1: messages("D1", 4) }, inWindow);
    for (const action of ["skip", "retry", "stop"] as const) {
      const { build } = await bench();
      bad.beforePage = (scope, page) => {
        if (scope === "C2" && page === 1) throw refused(action);
      };
      const collected = await build([fakeConnector("chat", [bad]), fakeConnector("other", [good])], later, { concurrency: 1 });
      const lines = coverageOf(collected).map(({ connector, scope, state, seen, gaps }) => [
        connector,
        scope,
        state,
        seen,
        gaps.map(({ reason }) => reason),
      ]);
      const reason = action === "retry" ? "unavailable" : "forbidden";
      expect(lines).toEqual([
        ["chat", "C1", "complete", 4, []],
        ["chat", "C2", "partial", 2, [reason]],
        action === "stop" ? ["chat", "C3", "failed", 0, [reason]] : ["chat", "C3", "complete", 4, []],
        ["other", "D1", "complete", 4, []],
      ]);
      expect(collected.readable).toBe(true);
    }
  });

  it("forgets the gap once the scope could be read", async () => {
    const source = fakeSource("messages", { C1: messages("C1", 5) }, inWindow);
    const connector = fakeConnector("chat", [source]);
    const { build } = await bench();
    source.beforePage = (_, page) => {
      if (page === 1) throw refused("retry");
    };
    expect(coverageOf(await build([connector], later))[0]!.state).toBe("partial");
    source.beforePage = () => {};
    expect(coverageOf(await build([connector], later + HOUR))[0]).toMatchObject({ state: "complete", gaps: [], seen: 5 });
  });

  it("an exception nobody expected is a gap without its message", async () => {
    const source = fakeSource("messages", { C1: messages("C1", 2) }, inWindow);
    source.beforePage = () => {
      throw new TypeError("cannot read the private text of somebody");
    };
    const { build } = await bench();
    const collected = await build([fakeConnector("chat", [source])], later);
    expect(collected.readable).toBe(false);
    expect(JSON.stringify(collected)).not.toContain("somebody");
    expect(coverageOf(collected)[0]).toMatchObject({
      state: "failed",
      gaps: [{ reason: "malformed", detail: "The connector could not go on (TypeError)" }],
    });
  });

  it("nothing is readable when nobody could say whose data it is, and the store is not written", async () => {
    const { build, path, reopen } = await bench();
    await reopen();
    const before = await readFile(path);
    const connector = fakeConnector("chat", [fakeSource("messages", { C1: [] }, inWindow)], () => {
      throw refused("stop");
    });
    const collected = await build([connector], later);
    expect(collected).toMatchObject({
      readable: false,
      scopes: [],
      planGaps: [{ reason: "forbidden", source: "messages", hint: "do this" }],
    });
    await reopen();
    expect((await readFile(path)).equals(before)).toBe(true);
  });

  it("a store that cannot be written ends the build", async () => {
    const { build, store } = await bench();
    const full: Store = { ...store, commitPage: () => Promise.reject(new UnsafeWriteError("full")) };
    const connector = fakeConnector("chat", [fakeSource("messages", { C1: messages("C1", 2) }, inWindow)]);
    await expect(build([connector], later, { store: full })).rejects.toThrow(UnsafeWriteError);
  });
});

describe("what vanished at the source", () => {
  async function rebuilt(change: (records: ReturnType<typeof messages>) => ReturnType<typeof messages>, wanted = inWindow) {
    const source = fakeSource("messages", { C1: messages("C1", 5) }, wanted);
    const connector = fakeConnector("chat", [source]);
    const { build, store } = await bench();
    await build([connector], later);
    source.records.set("C1", change(source.records.get("C1")!));
    const collected = await build([connector], later + HOUR, { refresh: true });
    const deleted = (await contents(store, ["C1"])).filter(([, , deletedAt]) => deletedAt !== null).map(([id]) => id);
    return { deleted, gaps: coverageOf(collected)[0]!.gaps, build, connector, source, store };
  }

  it("is deleted when an older neighbour is still there", async () => {
    const { deleted, gaps, build, connector, source, store } = await rebuilt((records) => records.filter((_, index) => index !== 3));
    expect(deleted).toEqual(["chat:C1:3"]);
    expect(gaps).toEqual([]);
    source.records.set("C1", messages("C1", 5));
    await build([connector], later + 2 * HOUR, { refresh: true });
    expect((await contents(store, ["C1"])).every(([, , deletedAt]) => deletedAt === null)).toBe(true);
  });

  it("is not concluded from an empty answer or a vanished beginning", async () => {
    const empty = await rebuilt(() => []);
    expect(empty).toMatchObject({ deleted: [], gaps: [{ reason: "expired", count: 5 }] });
    const prefix = await rebuilt((records) => records.slice(2));
    expect(prefix).toMatchObject({ deleted: [], gaps: [{ reason: "expired", count: 2 }] });
  });

  it("is not concluded from a walk with a gap", async () => {
    const source = fakeSource("messages", { C1: messages("C1", 5) }, inWindow);
    const connector = fakeConnector("chat", [source]);
    const { build, store } = await bench();
    await build([connector], later);
    source.records.set(
      "C1",
      messages("C1", 5).filter((_, index) => index !== 3),
    );
    source.extra = { gaps: [{ source: "messages", scope: "C1", span, reason: "malformed", count: 1, detail: "one", hint: null }] };
    await build([connector], later + HOUR, { refresh: true });
    expect(source.asked.length).toBeGreaterThan(4);
    expect((await contents(store, ["C1"])).every(([, , deletedAt]) => deletedAt === null)).toBe(true);
  });
});

describe("what may be stored", () => {
  it("holds no byte of a secret, in any table, file or event", async () => {
    const secret = ["gh", "p_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"].join("");
    const said = message("chat:C1:1", at + HOUR, {
      title: `key ${secret}`,
      body: [
        {
          type: "paragraph",
          inlines: [
            { type: "text", text: `use ${secret}` },
            { type: "link", url: `https://a.example/?token=${secret}`, text: "here" },
          ],
        },
      ],
      url: `https://a.example/x?access_token=${secret}`,
      payload: { raw: { text: secret }, list: [secret] },
    });
    const source = fakeSource("messages", { C1: [said] }, inWindow);
    source.extra = {
      gaps: [{ source: "messages", scope: "C1", span, reason: "malformed", count: 1, detail: `bad ${secret}`, hint: null }],
      discovered: [{ source: "threads", scope: "C1:1", name: "t", span, visibility: "public", data: { text: secret } }],
    };
    const { build, path, events, store } = await bench();
    const collected = await build([fakeConnector("chat", [source])], later);
    const [stored] = await list(store.evidence([keyOf("C1")], span));
    expect(stored!.evidence.title).toBe("key [masked: github token]");
    for (const name of await readdir(dirname(path))) expect((await readFile(join(dirname(path), name))).includes(secret)).toBe(false);
    expect(JSON.stringify([events, collected])).not.toContain(secret);
  });

  it("is well-formed, bounded, of a declared kind, with a web address and times that can be placed", async () => {
    const big = message("chat:C1:big", at + HOUR, {
      body: [{ type: "paragraph", inlines: [{ type: "text", text: "x".repeat(2_000_000) }] }],
    });
    const odd = message("chat:C1:odd", at + HOUR, { title: "a\ud800b\u0000", url: "javascript:alert(1)" });
    const unknown = message("chat:C1:unknown", at + HOUR, { kind: "chat.never.heard" });
    const ancient = message("chat:C1:ancient", at + HOUR, {
      times: [{ meaning: "posted", at: -5, precisionMicros: 1, sourceText: "1969" }],
    });
    const source = fakeSource("messages", { C1: [big, odd, unknown, odd] }, inWindow);
    source.pageSize = 100;
    source.extra = {};
    const { build, store } = await bench();
    const connector = fakeConnector("chat", [source]);
    source.records.get("C1")!.push({
      ...ancient,
      times: [
        { ...ancient.times[0]!, at: at + HOUR },
        { ...ancient.times[0]!, meaning: "made", at: -5 },
      ],
    });
    const collected = await build([connector], later);
    const stored = new Map((await list(store.evidence([keyOf("C1")], span))).map(({ evidence }) => [evidence.id, evidence]));
    expect([...stored.keys()].sort()).toEqual(["chat:C1:ancient", "chat:C1:big", "chat:C1:odd"]);
    expect(stored.get("chat:C1:odd")).toMatchObject({ title: "a\ufffdb\u2400", url: null });
    expect(JSON.stringify(stored.get("chat:C1:big")).length).toBeLessThan(1_000_000);
    expect(JSON.stringify(stored.get("chat:C1:big"))).toContain("[cut: 2000000 characters]");
    expect(stored.get("chat:C1:ancient")!.times.map(({ at }) => at)).toEqual([at + HOUR, null]);
    expect(coverageOf(collected)[0]!.gaps.map(({ reason, detail }) => [reason, detail])).toEqual([
      ["malformed", "Records of a kind that the connector does not declare"],
      ["malformed", 'Records with a time that cannot be placed: "1969"'],
    ]);
  });
});

describe("order and the ledger", () => {
  it("reads a source after those it names, and folds what was found while reading into one line", async () => {
    const order: string[] = [];
    const channels = fakeSource("messages", { C1: messages("C1", 2) }, inWindow);
    channels.extra = {
      discovered: ["C1:1", "C1:2"].map((scope) => ({
        source: "threads",
        scope,
        name: scope,
        span: { from: at, until: at + HOUR },
        visibility: "private" as const,
        data: {},
      })),
    };
    channels.beforePage = () => order.push("messages");
    const threads = fakeSource("threads", { "C1:1": messages("C1:1", 1), "C1:2": messages("C1:2", 2) }, inWindow, ["messages"]);
    threads.beforePage = () => order.push("threads");
    const { build, events } = await bench();
    const collected = await build([fakeConnector("chat", [threads, channels])], later);
    expect(order).toEqual(["messages", "threads", "threads"]);
    expect(
      coverageOf(collected).map(({ source, scope, name, seen, state, visibility }) => [source, scope, name, seen, state, visibility]),
    ).toEqual([
      ["messages", "C1", "#C1", 2, "complete", "public"],
      ["threads", "C1", "#C1, threads (2)", 3, "complete", "private"],
    ]);
    expect(events.filter(({ type }) => type === "source done")).toHaveLength(2);
  });

  it("remembers answers that are no evidence, masked, and asks once when several want one", async () => {
    const token = ["xo", "xb-", "123456789012-abcdefghij"].join("");
    let loads = 0;
    const answers: unknown[] = [];
    const base = fakeConnector("chat", [fakeSource("messages", { C1: [] }, inWindow)]);
    const connector: Connector<never> = {
      ...base,
      sources: base.sources.map((source) => ({
        ...source,
        plan: async (context) => {
          const ask = () => context.recall("channels", { freshSince: later }, async () => [++loads, `purpose ${token}`]);
          answers.push(...(await Promise.all([ask(), ask()])));
          return source.plan(context);
        },
      })),
    };
    const { build } = await bench();
    await build([connector], later);
    await build([connector], later + 1);
    expect(loads).toBe(1);
    await build([connector], later + 2, { refresh: true });
    expect(loads).toBe(2);
    expect(answers[0]).toEqual([1, "purpose [masked: slack token]"]);
  });
});
