import { execFileSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/index.js";
import { SCHEMA_VERSION } from "../../src/store/schema.js";
import { skipBecause } from "../support/skip.js";
import { timeline, type Ran } from "./support.js";

const TOKEN = "xoxb-not-to-be-seen-anywhere";
const ENV = { SLACK_BOT_TOKEN: TOKEN };
const BUILD = ["build", "--start", "2026-03-04T11:20:00Z", "--end", "2026-03-04T12:20:00Z", "--id", "i"];

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "timeline-bad-files-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A refusal as everybody gets it: nothing on standard output, one screen on the other, no stack, no token. */
function refusalOf({ out, err }: Ran): string {
  expect(out).toBe("");
  expect(err).toMatch(/\[[A-Z_]+\] `timeline help /);
  expect(err).not.toMatch(/\n\s+at /);
  expect(err).not.toContain(TOKEN);
  expect(err.length).toBeLessThan(3000);
  expect(err.trim().split("\n").length).toBeLessThan(24);
  return err;
}

describe("a config that is none", () => {
  const text = (content: string | Uint8Array) => (path: string) => writeFileSync(path, content);
  const slack = (rest: string) => text(`{"slack":{"channels":["C1"]},${rest}}`);
  const configs: readonly (readonly [string, (path: string) => void, RegExp])[] = [
    ["a folder", (path) => mkdirSync(path), /is a folder/],
    ["a pipe", (path) => void execFileSync("mkfifo", [path]), /device or pipe/],
    ["a device", (path) => symlinkSync("/dev/zero", path), /device or pipe/],
    ["a link to nothing", (path) => symlinkSync("nowhere", path), /does not exist|ENOENT/],
    ["empty", text(""), /is empty/],
    ["nothing but space", text(" \n\n"), /is empty/],
    ["50 MB", (path) => (writeFileSync(path, "{"), truncateSync(path, 50 * 1024 * 1024)), /larger than 1 MB/],
    ["50,000 lists deep", text("[".repeat(50_000) + "]".repeat(50_000)), /deep|nest/],
    ["50,000 objects deep", text('{"a":'.repeat(50_000) + "1" + "}".repeat(50_000)), /deep|nest/],
    ["UTF-16", text(Buffer.from("\ufeff{}", "utf16le")), /UTF-16|UTF-8/],
    ["bytes that are no UTF-8", text(Buffer.from([0x7b, 0xff, 0x7d])), /UTF-8/],
    ["a picture", text(Buffer.from("89504e470d0a1a0a0000000d49484452", "hex")), /UTF-8/],
    ["YAML", text("slack:\n  channels: [C1]\n"), /line 1, column 1/],
    ["with a comma at the end", text('{"slack":{"channels":["C1"]},}'), /line 1, column 30/],
    ["with comments", text('{\n  // ours\n  "slack": {}\n}'), /line 2, column 3/],
    ["cut", text('{"slack":{"channels":["C1"'), /line 1/],
    ["null", text("null"), /expected/],
    ["a list", text("[]"), /expected/],
    ["a number", text("1e999"), /expected|number/],
    ["ours with a key twice", text('{"slack":{"channels":["C1"],"channels":["C2"]}}'), /twice/],
    ["ours with an unknown key", text('{"slack":{"chanels":["C1"]}}'), /channels/],
    ["ours with a prototype", slack('"__proto__":{"polluted":true}'), /__proto__/],
    ["ours with a constructor", slack('"constructor":{"prototype":{"polluted":true}}'), /constructor/],
    ["ours with a token in it", text(`{"slack":{"channels":["C1"],"token":"${TOKEN}"}}`), /env/],
    ["ours with a variable in a value", text('{"slack":{"channels":["${CHANNEL}"]}}'), /\$\{/],
    ["ours with one text for a list", text('{"slack":{"channels":"C1"}}'), /channels/],
    ["ours with a store that has no name", slack('"store":"a\\u0000b"'), /store/],
    ["another program's", text('{"name":"x","version":"1.0.0","dependencies":{}}'), /name|unknown|key/],
  ];

  it.each(configs)("%s is refused by every command, in words", async (name, make, expected) => {
    const path = join(folder, `${name.replaceAll(/[^a-z0-9]/gi, "-")}.json`);
    make(path);
    for (const argv of [["config", "check"], BUILD]) {
      const ran = await timeline(folder, [...argv, "--config", path], ENV);
      expect(refusalOf(ran)).toMatch(expected);
      expect(ran.code).toBe(2);
    }
    // It reads no more of the config than where the store is.
    const listed = await timeline(folder, ["list", "--config", path], ENV);
    expect(refusalOf(listed)).toMatch(/CONFIG_UNREADABLE|CONFIG_INVALID|STORE_MISSING/);
    expect(listed.code).toBe(2);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("is not one that begins with a byte order mark", async () => {
    const path = join(folder, "bom.json");
    writeFileSync(path, `\ufeff{"slack":{"channels":["C1"]}}`);
    expect((await timeline(folder, ["config", "check", "--config", path], ENV)).code).toBe(0);
  });

  it("that may not be read is refused", async (test) => {
    if (process.getuid?.() === 0) skipBecause(test, "root may read every file");
    const path = join(folder, "locked.json");
    writeFileSync(path, "{}");
    chmodSync(path, 0o000);
    expect(refusalOf(await timeline(folder, ["config", "check", "--config", path], ENV))).toContain("EACCES");
  });
});

describe("a store that is none", () => {
  const ours = async (path: string) => (await openStore(path)).close();
  const withSql = (sql: string) => (path: string) => {
    const raw = new Database(path);
    raw.exec(sql);
    raw.close();
  };
  const stores: readonly (readonly [string, (path: string) => void | Promise<void>])[] = [
    ["a text", (path) => writeFileSync(path, "# notes\n".repeat(500))],
    ["another program's database", withSql("create table theirs (a); insert into theirs values (1)")],
    ["a database in another program's name", withSql("pragma application_id = 7; create table meta (name, value)")],
    ["cut to a page and a half", async (path) => (await ours(path), chmodSync(path, 0o600), truncateSync(path, 6000))],
    ["cut to its header", async (path) => (await ours(path), truncateSync(path, 100))],
    ["a newer version's", async (path) => (await ours(path), withSql(`pragma user_version = ${SCHEMA_VERSION + 1}`)(path))],
    ["a folder", (path) => mkdirSync(path)],
    ["a pipe", (path) => void execFileSync("mkfifo", [path])],
    ["a link to a device", (path) => symlinkSync("/dev/null", path)],
  ];
  const commands = [BUILD, ["list"], ["show"], ["explain", "x"], ["diff"], ["export"], ["note", "seen"]];

  it.each(stores)("%s ends every command with 4 and stays as it is", async (name, make) => {
    const place = join(folder, name.replaceAll(/[^a-z]/g, "-"));
    mkdirSync(place);
    await make(join(place, "timeline.db"));
    const config = join(place, "timeline.config.json");
    writeFileSync(config, JSON.stringify({ store: "timeline.db", slack: { channels: ["C1"] } }));
    const before = contentsOf(place);

    for (const argv of commands) {
      const ran = await timeline(place, [...argv, "--config", config], ENV);
      expect(`${argv[0]} ${ran.code} ${refusalOf(ran)}`).toMatch(/^\S+ 4 error: .*timeline\.db/s);
      expect(contentsOf(place)).toEqual(before);
    }
  });
});

describe("an output that is none", () => {
  const outputs: readonly (readonly [string, (out: string) => void, RegExp])[] = [
    ["a file for the folder", (out) => writeFileSync(out, "theirs"), /cannot be used/],
    ["a folder for the file", (out) => mkdirSync(join(out, "i.md"), { recursive: true }), /is a folder/],
    ["a pipe", (out) => (mkdirSync(out), void execFileSync("mkfifo", [join(out, "i.json")])), /device, pipe or socket/],
    ["a link to a device", (out) => (mkdirSync(out), symlinkSync("/dev/full", join(out, "i.md"))), /leads out/],
    ["a link out of the folder", (out) => (mkdirSync(out), symlinkSync("../theirs.md", join(out, "i.md"))), /leads out/],
  ];

  it.each(outputs)("%s ends a build with 4 before anybody is asked", async (name, make, expected) => {
    const place = join(folder, `out-${name.replaceAll(/[^a-z]/g, "-")}`);
    mkdirSync(place);
    writeFileSync(join(place, "theirs.md"), "theirs");
    make(join(place, "out"));
    const config = join(place, "timeline.config.json");
    // Nobody listens there: a question to it would end otherwise.
    writeFileSync(config, JSON.stringify({ slack: { channels: ["C1"], apiUrl: "http://127.0.0.1:9/" } }));
    const before = contentsOf(place);

    const ran = await timeline(place, [...BUILD, "--config", config, "--out", "out"], ENV);

    expect(refusalOf(ran)).toMatch(expected);
    expect(ran.code).toBe(4);
    expect(contentsOf(place).filter(([path]) => !path.startsWith(".timeline"))).toEqual(before);
  });

  it("a place where nobody may write ends a build with 4", async () => {
    const config = join(folder, "slack.json");
    writeFileSync(config, JSON.stringify({ slack: { channels: ["C1"], apiUrl: "http://127.0.0.1:9/" } }));
    for (const out of ["/proc/self/fd", "/dev/full/x", "/sys/timelines"]) {
      const ran = await timeline(folder, [...BUILD, "--config", config, "--out", out], ENV);
      expect(refusalOf(ran)).toContain(out.split("/").slice(0, 3).join("/"));
      expect(ran.code).toBe(4);
    }
  });
});

/** Every name below a folder, with its kind and, of files, its content. */
function contentsOf(place: string): [path: string, kind: string, content: string][] {
  return readdirSync(place, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => {
      const stats = lstatSync(join(place, name));
      const kind = stats.isFile() ? "file" : stats.isDirectory() ? "folder" : "other";
      return [name, kind, stats.isFile() ? readFileSync(join(place, name)).toString("base64") : ""];
    });
}
