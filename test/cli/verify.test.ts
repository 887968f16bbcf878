import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Comparison } from "../../src/contract/comparison.js";
import { openBench, type Bench } from "../support/build-fixture.js";
import { timeline } from "./support.js";

const ID = "2026-03-04-checkout-errors";
let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await bench.build();
  await timeline(bench.folder, ["export", "--format", "csv,jsonl,html", "--out", "out"]);
});
afterAll(() => bench.close());

const say = (...argv: string[]) => timeline(bench.folder, argv);
const read = (extension: string) => readFileSync(join(bench.folder, `out/${ID}.${extension}`), "utf8");
const changed = (name: string, text: string) => {
  writeFileSync(join(bench.folder, name), text);
  return name;
};
const compared = async (name: string) => JSON.parse((await say("verify", name, "--json")).out) as Comparison;

describe("timeline verify", () => {
  it("finds that every export matches the store it was made from", async () => {
    for (const extension of ["md", "json", "csv", "jsonl", "html"]) {
      const { code, out } = await say("verify", `out/${ID}.${extension}`);
      expect([extension, code, out.trimEnd().split("\n").at(-1)]).toEqual([extension, 0, "everything matches"]);
    }
    const { matching } = await compared(`out/${ID}.json`);
    expect(matching).toBe(bench.json().evidence.length);
  });

  it("tells evidence that says something else from evidence that is not there", async () => {
    const [first, second] = bench.json().evidence as unknown as readonly [{ id: string; hash: string }, { id: string; hash: string }];
    const name = changed(
      "other.json",
      read("json").replace(first.hash, "0".repeat(64)).replaceAll(JSON.stringify(second.id), '"slack:C0:1.000000"'),
    );
    const { code, out } = await say("verify", name);

    expect(code).toBe(1);
    expect(out).toContain(`Changed since\n  ${first.id}\n`);
    expect(out).toContain("Not in the store, or outside what the last build asked for\n  slack:C0:1.000000\n");
    expect(out).toContain("the file was changed since it was written");
    expect(out).toContain("3 mismatches");
  });

  it("lists what the owner has edited, which is no mismatch", async () => {
    const line = read("md")
      .split("\n")
      .find((each) => each.startsWith("- **") && each.includes("<!-- e:"))!;
    const id = /<!-- e:(\S+)/.exec(line)![1]!;
    const name = changed("edited.md", read("md").replace(line, line.replace(/\*\* .* <!--/, "** our words <!--")));
    const { code, out } = await say("verify", name);

    expect(code).toBe(0);
    expect(out).toContain(`Edited by the owner (no mismatch)\n  ${id}\n`);
  });

  it("sees a CSV, JSONL or HTML file that somebody has changed", async () => {
    for (const extension of ["csv", "jsonl", "html"]) {
      const { remarks } = await compared(changed(`other.${extension}`, read(extension).replace("checkout", "checkin")));
      expect([extension, ...remarks]).toEqual([extension, "the file was changed since it was written"]);
    }
  });

  it("refuses a file that carries no hashes, and one that is not there", async () => {
    expect((await say("verify", changed("plain.md", "# Mine\n"))).err).toContain("[VERIFY_NO_HASHES]");
    expect((await say("verify", "nowhere.json")).code).toBe(2);
  });

  it("makes the hashes again: a byte that was changed in the store is found, where a file lists it and where it does not", async () => {
    const { entries } = bench.json();
    const of = (listed: boolean) =>
      entries.find(({ id, evidence }) => read("md").includes(`<!-- e:${id}`) === listed && evidence.length === 1)!;
    const store = new Database(join(bench.folder, "store/timeline.db"));
    for (const entry of [of(true), of(false)]) {
      const [id] = entry.evidence;
      const before = store.prepare("select evidence from record where id = ?").get(id) as { evidence: string };
      const tamper = store.prepare("update record set evidence = json_set(evidence, '$.payload.tampered', 'x') where id = ?");
      expect(tamper.run(id).changes).toBe(1);
      for (const extension of ["md", "json", "csv", "jsonl", "html"]) {
        const { code, out } = await say("verify", `out/${ID}.${extension}`);
        expect([extension, code]).toEqual([extension, 1]);
        expect(out).toContain(`Changed since\n  ${extension === "md" ? entry.id : id}\n`);
      }
      store.prepare("update record set evidence = ? where id = ?").run(before.evidence, id);
    }
    store.close();
    expect((await say("verify", `out/${ID}.json`)).code).toBe(0);
  });

  it("tells what was deleted at the source since, in the JSON and in the Markdown", async () => {
    const entry = bench.json().entries.find(({ highlighted, kind }) => highlighted && kind === "slack.message.posted")!;
    const store = new Database(join(bench.folder, "store/timeline.db"));
    store.prepare("update record set deleted_at = 1 where id = ?").run(entry.evidence[0]);
    store.close();

    expect((await compared(`out/${ID}.json`)).deletedAtSource).toContain(entry.evidence[0]);
    expect((await compared(`out/${ID}.md`)).deletedAtSource).toContain(entry.id);
    expect((await say("verify", `out/${ID}.jsonl`)).code).toBe(1);
  });
});
