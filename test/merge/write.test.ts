import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UnsafeWriteError } from "../../src/kit/errors.js";
import { checkWritable } from "../../src/merge/check-target.js";
import { planWrite } from "../../src/merge/plan-write.js";
import { writeAtomically } from "../../src/merge/write-atomically.js";
import { writeOutput } from "../../src/merge/write-output.js";

/** A format whose files are `body|stamp` and end with "ok" when nobody has touched them. */
const exporter = { untouchedHash: (text: string) => /^(.*)\|.*ok$/s.exec(text)?.[1] ?? null };

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "merge-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const read = (name: string) => readFileSync(join(folder, name), "utf8");
const mode = (path: string) => statSync(path).mode & 0o777;

describe("planWrite", () => {
  it.each([
    [null, "a|1 ok", "write"],
    ["a|1 ok", "a|1 ok", "keep"],
    ["a|1 ok", "a|2 ok", "keep"],
    ["a|1 ok", "b|2 ok", "write"],
    ["a|1 changed", "a|2 ok", "beside"],
    ["", "a|2 ok", "beside"],
  ])("where %j stands and %j is new: %s", (existing, rendered, action) => {
    expect(planWrite(existing, rendered, exporter)).toEqual({ action });
  });
});

describe("writeOutput", () => {
  it("writes, keeps, and writes again", async () => {
    const path = join(folder, "new", "draft.md");

    expect(await writeOutput(path, "a|1 ok", exporter)).toEqual({ action: "write", path, unchanged: false });
    const before = statSync(path);
    expect(await writeOutput(path, "a|2 ok", exporter)).toEqual({ action: "keep", path, unchanged: true });
    expect(readFileSync(path, "utf8")).toBe("a|1 ok");
    expect([statSync(path).ino, statSync(path).mtimeMs]).toEqual([before.ino, before.mtimeMs]);
    expect(await writeOutput(path, "b|3 ok", exporter)).toEqual({ action: "write", path, unchanged: false });
    expect(readFileSync(path, "utf8")).toBe("b|3 ok");
  });

  it("never overwrites what a person has changed, beside it neither", async () => {
    const path = join(folder, "draft.md");
    writeFileSync(path, "mine");
    const beside = join(folder, "draft.new.md");

    expect(await writeOutput(path, "a|1 ok", exporter)).toEqual({ action: "beside", path: beside, unchanged: false });
    expect(await writeOutput(path, "a|2 ok", exporter)).toEqual({ action: "beside", path: beside, unchanged: true });
    expect(await writeOutput(path, "b|2 ok", exporter)).toEqual({ action: "beside", path: beside, unchanged: false });
    writeFileSync(beside, "mine too");
    expect(await writeOutput(path, "c|2 ok", exporter)).toMatchObject({ path: join(folder, "draft.new-2.md") });
    expect([read("draft.md"), read("draft.new.md"), read("draft.new-2.md")]).toEqual(["mine", "mine too", "c|2 ok"]);
  });
});

describe("writeAtomically", () => {
  it.each([0o000, 0o022, 0o077])("makes files 0600 and folders 0700 under umask %o, and keeps the mode of others", async (mask) => {
    const before = process.umask(mask);
    const path = join(folder, "a", "b", "draft.md");
    try {
      await writeAtomically(path, "one");
      expect([mode(path), mode(join(folder, "a")), mode(join(folder, "a", "b"))]).toEqual([0o600, 0o700, 0o700]);
      chmodSync(path, 0o640);
      await writeAtomically(path, "two");
      expect([mode(path), readFileSync(path, "utf8")]).toEqual([0o640, "two"]);
    } finally {
      process.umask(before);
    }
  });

  it.each([
    ["another text", "one", "two"],
    ["a file where none was", null, "two"],
    ["none where a file was", "one", null],
  ])("stops when there is %s at the last look", async (_, expected, now) => {
    const path = join(folder, "draft.md");
    if (now !== null) writeFileSync(path, now);

    await expect(writeAtomically(path, "new", { expected })).rejects.toThrow(/changed while the draft was made/);
    expect(readdirSync(folder)).toEqual(now === null ? [] : ["draft.md"]);
    if (now !== null) expect(read("draft.md")).toBe(now);
  });

  it("leaves the old file and no rest when it fails", async () => {
    writeFileSync(join(folder, "draft.md"), "old");
    const long = join(folder, "x".repeat(300));

    await expect(writeAtomically(long, "new")).rejects.toThrow(UnsafeWriteError);
    expect(readdirSync(folder)).toEqual(["draft.md"]);
  });

  it("writes through a link to a name beside it, and through no other", async () => {
    writeFileSync(join(folder, "real.md"), "old");
    symlinkSync("real.md", join(folder, "draft.md"));
    mkdirSync(join(folder, "out"));
    symlinkSync("../real.md", join(folder, "out", "draft.md"));

    await writeAtomically(join(folder, "draft.md"), "new");
    await expect(writeAtomically(join(folder, "out", "draft.md"), "evil")).rejects.toThrow(/leads out of its folder/);
    expect(read("real.md")).toBe("new");
  });
});

describe("what must not be written to", () => {
  const places: readonly (readonly [string, (path: string) => void, RegExp])[] = [
    ["a folder", (path) => mkdirSync(path), /is a folder/],
    ["a pipe", (path) => void execFileSync("mkfifo", [path]), /device, pipe or socket/],
    ["a link to a device", (path) => symlinkSync("/dev/full", path), /leads out/],
    ["a link out of the folder", (path) => symlinkSync(join(folder, "..", "elsewhere.md"), path), /leads out/],
    ["a link to a link", (path) => (symlinkSync("/etc/hostname", join(folder, "second")), symlinkSync("second", path)), /leads out/],
    ["a dangling link out", (path) => symlinkSync("/nowhere/at/all", path), /leads out/],
  ];

  it.each(places)("refuses %s, before and while writing", async (_, place, message) => {
    const path = join(folder, "draft.md");
    place(path);

    await expect(checkWritable(folder, [join(folder, "draft.md")])).rejects.toThrow(message);
    await expect(writeOutput(path, "a|1 ok", exporter)).rejects.toThrow(message);
    await expect(writeAtomically(path, "text")).rejects.toThrow(UnsafeWriteError);
  });

  it("refuses a device itself", async () => {
    await expect(checkWritable("/dev", ["/dev/full"])).rejects.toThrow(UnsafeWriteError);
    await expect(writeAtomically("/dev/full", "text")).rejects.toThrow(/device, pipe or socket/);
  });

  it.each([
    ["a file as the folder", () => (writeFileSync(join(folder, "file"), ""), join(folder, "file"))],
    ["a folder below a file", () => (writeFileSync(join(folder, "file"), ""), join(folder, "file", "deep"))],
    ["a place that takes no files", () => "/proc/self"],
  ])("refuses %s", async (_, place) => {
    await expect(checkWritable(place())).rejects.toMatchObject({
      name: "UnsafeWriteError",
      exitCode: 4,
      hint: expect.stringMatching(/--out/) as string,
    });
  });

  it("makes a missing folder, leaves nothing in it, and accepts what stands there", async () => {
    const out = join(folder, "a", "b");

    await checkWritable(out, [join(out, "draft.md")]);
    expect([existsSync(out), mode(out), readdirSync(out)]).toEqual([true, 0o700, []]);
    writeFileSync(join(out, "draft.md"), "x");
    await checkWritable(out, [join(out, "draft.md")]);
    expect(readFileSync(join(out, "draft.md"), "utf8")).toBe("x");
  });
});
