import { readdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { UnsafeWriteError } from "../../src/kit/errors.js";
import { openStore } from "../../src/store/index.js";
import { migrations } from "../../src/store/migrations/index.js";
import { SCHEMA_VERSION } from "../../src/store/schema.js";
import { earlierStore } from "./earlier-store.js";
import { at, key, list, temporaryStore } from "./samples.js";

const EARLIER = Array.from({ length: SCHEMA_VERSION - 1 }, (_, index) => index + 1);

describe("a store of an earlier version", () => {
  it("is one of those that the migrations lead to", () => {
    expect(Object.keys(migrations)).toHaveLength(SCHEMA_VERSION);
    expect(EARLIER.length).toBeGreaterThan(0);
  });

  it.each(EARLIER)("of schema %i is brought up to date and keeps what it holds", async (schema) => {
    const path = await earlierStore(schema);

    const store = await openStore(path);
    const evidence = await list(store.evidence([key], { from: at, until: at + 1 }));
    const [covered, incidents] = [await store.covered(key), await store.incidents()];
    await store.close();

    expect(evidence.map((each) => [each.evidence.id, each.version])).toEqual([["chat:C1:1", 1]]);
    expect(covered.map((each) => each.span)).toEqual([{ from: at - 10, until: at + 10 }]);
    expect(incidents.map(({ id, title }) => [id, title])).toEqual([["i1", "Checkout"]]);
    expect(await partsOf(path)).toEqual(await partsOf((await temporaryStore()).path));
    const raw = new Database(path, { readonly: true });
    expect(raw.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(raw.pragma("foreign_key_check")).toEqual([]);
    raw.close();
  });

  it.each(EARLIER)("of schema %i is migrated once, whoever opens it at the same time", async (schema) => {
    const path = await earlierStore(schema);
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(path)));
    for (const store of stores) await store.close();
    const before = await readFile(path);

    await (await openStore(path)).close();

    expect((await readFile(path)).equals(before)).toBe(true);
    expect((await partsOf(path)).version).toBe(SCHEMA_VERSION);
  });

  it("is left as it was when a migration cannot be done", async () => {
    const path = await earlierStore(1);
    const raw = new Database(path);
    raw.exec("create table note (theirs)");
    raw.close();
    const before = await readFile(path);

    const error = await refusalOf(path);

    expect(error).toBeInstanceOf(UnsafeWriteError);
    expect(error.message).toContain(`schema 1`);
    expect((await readFile(path)).equals(before)).toBe(true);
    expect(await readdir(dirname(path))).toEqual(["timeline.db"]);
  });
});

describe("a store of a newer version", () => {
  it("is refused and not touched", async () => {
    const path = await earlierStore(SCHEMA_VERSION);
    const raw = new Database(path);
    raw.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
    raw.close();
    const before = await readFile(path);

    const error = await refusalOf(path);

    expect(error.message).toContain("newer version");
    expect((await readFile(path)).equals(before)).toBe(true);
    expect(await readdir(dirname(path))).toEqual(["timeline.db"]);
  });
});

async function refusalOf(path: string): Promise<UnsafeWriteError> {
  return (await openStore(path).then(
    (store) => store.close(),
    (error: unknown) => error,
  )) as UnsafeWriteError;
}

/** Its version, and every table and index as it was made. */
async function partsOf(path: string): Promise<{ version: unknown; parts: unknown[] }> {
  const raw = new Database(path, { readonly: true });
  try {
    const parts = raw.prepare("select type, name, sql from sqlite_schema order by name").all();
    return { version: raw.pragma("user_version", { simple: true }), parts };
  } finally {
    raw.close();
  }
}
