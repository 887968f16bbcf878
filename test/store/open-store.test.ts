import { chmod, copyFile, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { ExitCode, UnsafeWriteError } from "../../src/kit/errors.js";
import { openStore, type StoreOptions } from "../../src/store/index.js";
import { SCHEMA_VERSION } from "../../src/store/schema.js";
import { refuseOldLibrary } from "../../src/store/open-store.js";
import { at, key, list, message, pageOf, temporaryFolder, temporaryStore } from "./samples.js";

async function refusal(path: string, options: StoreOptions = {}): Promise<UnsafeWriteError> {
  const error = await openStore(path, options).then(
    async (store) => {
      await store.close();
      return null;
    },
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(UnsafeWriteError);
  return error as UnsafeWriteError;
}

describe("opening", () => {
  it("makes a store of mode 0600 in a folder of mode 0700, whatever the umask", async () => {
    const before = process.umask(0);
    const { path } = await temporaryStore().finally(() => process.umask(before));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(path, ".."))).mode & 0o777).toBe(0o700);
  });

  it("has the settings that the promises rest on", async () => {
    const { store, path } = await temporaryStore();
    await store.close();
    const raw = new Database(path, { readonly: true });
    expect(raw.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(raw.pragma("application_id", { simple: true })).toBe(0x49544c31);
    expect(raw.pragma("user_version", { simple: true })).toBe(SCHEMA_VERSION);
    raw.close();
  });

  it("changes no byte of an up-to-date store and leaves nothing beside it", async () => {
    const { store, path } = await temporaryStore();
    const run = await store.beginRun("i1", at);
    const page = pageOf([message("chat:C1:1", at)], {
      covered: [{ source: "messages", scope: "C1", span: { from: at - 10, until: at + 10 } }],
    });
    await store.commitPage(run, page);
    await store.finishRun(run, at);
    await store.close();
    const before = await readFile(path);

    const again = await openStore(path);
    const second = await again.beginRun("i1", at + 5);
    await again.commitPage(second, page);
    await again.forgetGaps(second, key, null);
    expect(await list(again.evidence([key], { from: at, until: at + 1 }))).toHaveLength(1);
    await again.finishRun(second, at + 6);
    await again.close();

    expect((await readFile(path)).equals(before)).toBe(true);
    expect(await readdir(join(path, ".."))).toEqual(["timeline.db"]);
  });

  it("is opened by several processes that make it at once", async () => {
    const path = join(await temporaryFolder(), "timeline.db");
    const stores = await Promise.all(Array.from({ length: 5 }, () => openStore(path)));
    for (const [index, store] of stores.entries()) {
      const run = await store.beginRun(`i${index}`, at);
      await store.commitPage(run, pageOf([message(`chat:C1:${index}`, at + index)]));
    }
    expect(await list(stores[0]!.evidence([key], { from: at, until: at + 10 }))).toHaveLength(5);
    for (const store of stores) await store.close();
  });
});

describe("what is refused, and left as it is", () => {
  const place = async () => join(await temporaryFolder(), "timeline.db");

  it("a text file, a database of another program, a folder and a link", async () => {
    const text = await place();
    await writeFile(text, "# my notes\n".repeat(100));
    expect((await refusal(text)).message).toContain("no store of ours");
    expect(await readFile(text, "utf8")).toBe("# my notes\n".repeat(100));

    const other = await place();
    const raw = new Database(other);
    raw.exec("create table theirs (a)");
    raw.close();
    const bytes = await readFile(other);
    expect((await refusal(other)).exitCode).toBe(ExitCode.unsafeWrite);
    expect((await readFile(other)).equals(bytes)).toBe(true);

    const folder = await place();
    await mkdir(folder);
    expect((await refusal(folder)).hint).toContain("store");

    const link = await place();
    await symlink(text, link);
    await refusal(link);
  });

  it("a store of a newer version, and one with a trigger that we never made", async () => {
    for (const change of ["pragma user_version = 99", "create trigger t after insert on meta begin select 1; end"]) {
      const { store, path } = await temporaryStore();
      await store.close();
      const raw = new Database(path);
      raw.exec(change);
      raw.close();
      const error = await refusal(path);
      expect(error.hint).toBeTruthy();
    }
  });

  it("a damaged one", async () => {
    const { store, path } = await temporaryStore();
    const run = await store.beginRun("i1", at);
    await store.commitPage(run, pageOf(Array.from({ length: 200 }, (_, index) => message(`chat:C1:${index}`, at + index))));
    await store.close();
    const bytes = await readFile(path);
    const broken = join(path, "..", "broken.db");
    await writeFile(broken, bytes.subarray(0, 4096 * 2 + 100));
    await chmod(broken, 0o600);
    const error = await openStore(broken)
      .then(
        (opened) => list(opened.evidence([key], { from: at, until: at + 1000 })),
        (error: unknown) => error,
      )
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(UnsafeWriteError);
  });

  it.skipIf(process.platform !== "linux")("a network file system", async () => {
    const error = await refusal(await place(), { fileSystemType: async () => 0x6969 });
    expect(error.message).toContain("NFS");
  });

  it("a place that cannot be written", async () => {
    const path = await place();
    await writeFile(path.replace("timeline.db", "file"), "");
    await refusal(path.replace("timeline.db", "file/timeline.db"));
  });

  it.each([
    ["3.51.2", true],
    ["3.45.1", true],
    ["2.99.9", true],
    ["3.51.3", false],
    ["3.53.0", false],
    ["4.0.0", false],
  ])("SQLite %s: %s", (version, refused) => {
    if (refused) expect(() => refuseOldLibrary(version)).toThrow(UnsafeWriteError);
    else expect(() => refuseOldLibrary(version)).not.toThrow();
  });

  it("a write while another process holds the lock longer than we wait", async () => {
    const { store, path } = await temporaryStore();
    await store.close();
    const other = new Database(path);
    other.exec("begin immediate");
    expect((await refusal(path, { busyTimeoutMs: 20 })).message).toContain("locked");
    other.exec("rollback");
    other.close();
  });
});

describe("a kill at any commit", () => {
  it("leaves every acknowledged page in the store", async () => {
    const { store: open, path } = await temporaryStore();
    const copied = join(path, "..", "copy.db");
    const run = await open.beginRun("i1", at);
    for (let index = 0; index < 5; index++) await open.commitPage(run, pageOf([message(`chat:C1:${index}`, at + index)]));
    // What is on the disk while the writer is still alive is what a killed one leaves: the file and its log.
    await copyFile(path, copied);
    await copyFile(`${path}-wal`, `${copied}-wal`);
    await open.close();
    const survivor = await openStore(copied);
    expect((await list(survivor.evidence([key], { from: at, until: at + 10 }))).map((each) => each.evidence.id)).toHaveLength(5);
    expect((await survivor.beginRun("i1", at + 1)).startedAt).toBe(at);
    await survivor.close();
  });
});
