import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { showPaged } from "../../src/cli/pager.js";

const folder = mkdtempSync(join(tmpdir(), "timeline-pager-"));
const keep = join(folder, "keep.mjs");
const seen = join(folder, "seen");
beforeAll(() =>
  writeFileSync(
    keep,
    `import { writeFileSync } from "node:fs";\nlet text = ""; for await (const part of process.stdin) text += part;\nwriteFileSync(${JSON.stringify(seen)}, text + (process.env.LESS ?? ""));\n`,
  ),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LONG = "line\n".repeat(100);
const withPager = async (pager: string | undefined, text: string, rows: number | undefined) => {
  const written: string[] = [];
  await showPaged(
    text,
    { write: (part) => written.push(part), ...(rows === undefined ? {} : { rows, columns: 80 }) },
    { ...process.env, PAGER: pager },
  );
  return written.join("");
};

it("gives what is longer than the screen to $PAGER, without a shell", async () => {
  expect(await withPager(`${process.execPath} ${keep}`, LONG, 24)).toBe("");
  expect(readFileSync(seen, "utf8")).toBe(`${LONG}FRX`);
});

it.each([
  ["what fits on the screen", process.execPath, "short\n", 24],
  ["everything where there is no screen", process.execPath, LONG, undefined],
  ["everything when PAGER is cat", "cat", LONG, 24],
  ["everything when PAGER is empty", "", LONG, 24],
  ["everything when the pager is not there", join(tmpdir(), "no-such-pager"), LONG, 24],
])("writes %s itself", async (_what, pager, text, rows) => {
  expect(await withPager(pager, text, rows)).toBe(text);
});

it("does not mind a pager that is quit before the end", async () => {
  expect(await withPager(`${process.execPath} -e process.exit()`, "line\n".repeat(200_000), 24)).toBe("");
});
