import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeFolder } from "../../src/kit/make-folder.js";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "timeline-folder-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("makeFolder", () => {
  it("makes all that is missing, for its owner alone, and is content with what is there", async () => {
    const folder = join(root, "a", "b", "c");
    await makeFolder(folder);
    await makeFolder(folder);
    expect(statSync(join(root, "a")).mode & 0o777).toBe(0o700);
    expect(statSync(folder).isDirectory()).toBe(true);
  });

  it("refuses a file, and a folder below one", async () => {
    writeFileSync(join(root, "file"), "");
    await expect(makeFolder(join(root, "file"))).rejects.toMatchObject({ code: "ENOTDIR" });
    await expect(makeFolder(join(root, "file", "below"))).rejects.toMatchObject({ code: "ENOTDIR" });
  });

  it.runIf(existsSync("/proc/self"))("comes back where the system has no such folder and never will", async () => {
    await expect(makeFolder("/proc/nowhere/deep")).rejects.toMatchObject({ code: expect.stringMatching(/ENOENT|EACCES/) as string });
  });
});
