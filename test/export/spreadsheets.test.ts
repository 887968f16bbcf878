import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { rows } from "../../src/export/csv.js";
import corpus from "./formulas.json" with { type: "json" };

const folder = mkdtempSync(join(tmpdir(), "timeline-sheets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const texts = [...corpus.formulas, ...corpus.not_formulas];
const safe = rows(texts.map((text, index) => [index, text, "end"]));
const unsafe = texts.map((text, index) => `${index},"${text.replaceAll('"', '""')}",end\r\n`).join("");

interface Program {
  readonly name: string;
  readonly command: string;
  /** How many cells of each file it takes for formulas. */
  readonly formulas: (paths: readonly string[]) => number[];
}

const soffice = (separator: number): Program => ({
  name: `LibreOffice, cells divided at ${String.fromCharCode(separator)}`,
  command: "soffice",
  formulas(paths) {
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    const flags = [profile, "--headless", `--infilter=CSV:${separator},34,76,1`, "--convert-to", "fods", "--outdir", folder];
    execFileSync("soffice", [...flags, ...paths], { stdio: "ignore" });
    return paths.map((path) => readFileSync(path.replace(/csv$/, "fods"), "utf8").split("table:formula=").length - 1);
  },
});
const gnumeric: Program = {
  name: "Gnumeric",
  command: "ssconvert",
  formulas(paths) {
    return paths.map((path) => {
      execFileSync("ssconvert", [path, `${path}.gnumeric`], { stdio: "ignore" });
      const cells = [
        ...gunzipSync(readFileSync(`${path}.gnumeric`))
          .toString()
          .matchAll(/<gnm:Cell [^>]*>/g),
      ];
      // A cell with a value says which type it has; one with a formula does not.
      return cells.filter(([cell]) => !cell.includes("ValueType")).length;
    });
  },
};

describe.each([soffice(44), soffice(59), gnumeric])("in $name", ({ name, command, formulas }) => {
  const isHere = spawnSync(command, ["--version"], { timeout: 60_000 }).status === 0;
  if (!isHere) process.stderr.write(`skipped: the CSV export in ${name}, since ${command} is not installed\n`);

  it.skipIf(!isHere)("no text becomes a formula, and those written without care do", { timeout: 180_000 }, () => {
    const file = (content: string, label: string) => {
      const path = join(folder, `${label}.csv`);
      writeFileSync(path, content);
      return path;
    };
    const [ofUnsafe, ofSafe] = formulas([file(unsafe, "unsafe"), file(safe, "safe")]);
    expect(ofUnsafe).toBeGreaterThan(10);
    expect(ofSafe).toBe(0);
  });
});
