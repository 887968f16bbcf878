import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { loadConfig, type ConfigRequest } from "../../src/config/load-config.js";
import type { Connector } from "../../src/contract/connector.js";
import { secret, type Secret } from "../../src/contract/secret.js";
import { UsageError } from "../../src/kit/errors.js";
import { MICROS_PER_DAY, MICROS_PER_HOUR } from "../../src/kit/instant.js";

const statuspage = z.strictObject({
  token: secret("STATUSPAGE_TOKEN", "Token"),
  second: secret("STATUSPAGE_SECOND", "Another").optional(),
  apiUrl: z.url({ protocol: /^https?$/ }).default("https://api.statuspage.example"),
  channels: z.array(z.string().min(1)).default([]),
  nested: z.strictObject({ keys: z.array(z.strictObject({ key: secret("NESTED_KEY", "Key") })) }).optional(),
  site: z.enum(["eu", "us"]).default("eu"),
});

const connectors = [
  {
    id: "statuspage",
    name: "Statuspage",
    config: {
      schema: statuspage,
      isVendorHost: (host: string) => host === "api.statuspage.example",
      baseUrls: (config: z.output<typeof statuspage>) => [config.apiUrl],
    },
    sources: [{ id: "incidents" }],
  },
  {
    id: "dropbox",
    name: "A folder, of which nothing is read",
    config: {
      schema: z.strictObject({ path: z.string() }),
      isVendorHost: () => false,
      baseUrls: () => [],
      paths: ({ path }: { path: string }) => [path],
    },
    sources: [],
  },
] as unknown as readonly Connector[];

let folder: string;
beforeEach(() => void (folder = realpathSync(mkdtempSync(join(tmpdir(), "config-")))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const env = { STATUSPAGE_TOKEN: " tok-123\n", PATH: process.env["PATH"] };
const at = (name: string) => join(folder, name);
const write = (value: unknown, name = "timeline.config.json") => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  writeFileSync(at(name), text, { mode: 0o600 });
  return at(name);
};
/** As it was named, or merely found. */
const named = (value: unknown, change: Partial<ConfigRequest> = {}) =>
  loadConfig({ path: write(value, "named.json"), cwd: "/", env, connectors, ...change });
const found = (value: unknown, change: Partial<ConfigRequest> = {}) => (
  write(value),
  loadConfig({ path: null, cwd: folder, env, connectors, ...change })
);

async function refusal(attempt: Promise<unknown>): Promise<UsageError> {
  const error: unknown = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UsageError)) throw new Error(`expected a UsageError, got ${String(error)}`);
  expect(error.hint).toBeTruthy();
  return error;
}

describe("loadConfig", () => {
  it("resolves defaults, durations, paths and secrets, frozen", async () => {
    const config = await found({ statuspage: {}, leadIn: { metrics: "90m" }, people: [{ statuspage: "U1" }] });

    expect(config).toMatchObject({
      path: at("timeline.config.json"),
      folder,
      store: at(".timeline/timeline.db"),
      timezone: "UTC",
      leadIn: { changes: 24 * MICROS_PER_HOUR, conversation: 2 * MICROS_PER_HOUR, metrics: 1.5 * MICROS_PER_HOUR },
      leadOut: 2 * MICROS_PER_HOUR,
      recheckFor: MICROS_PER_DAY,
      changeLookBack: 7 * MICROS_PER_DAY,
      people: [{ statuspage: "U1" }],
    });
    const section = config.sections.get("statuspage") as z.output<typeof statuspage> & { token: Secret; second: Secret | null };
    expect(section.token.reveal()).toBe("tok-123");
    expect(section.second).toBeNull();
    expect(section.apiUrl).toBe("https://api.statuspage.example");
    expect([config, config.leadIn, config.people, section].every((value) => Object.isFrozen(value))).toBe(true);
    expect(JSON.stringify(section) + inspect(config, { depth: 9 })).not.toContain("tok-123");
  });

  it("finds it upwards, takes the nearest, and prefers the one that is named", async () => {
    mkdirSync(at("a/b/c"), { recursive: true });
    write({ statuspage: {}, timezone: "Asia/Tokyo" });
    write({ statuspage: {}, timezone: "Europe/Berlin" }, "a/timeline.config.json");
    write({ statuspage: {}, timezone: "America/New_York" }, "env.json");
    const zone = async (path: string | null, cwd: string, more = {}) =>
      (await loadConfig({ path, cwd, env: { ...env, ...more }, connectors })).timezone;

    expect(await zone(null, at("a/b/c"))).toBe("Europe/Berlin");
    expect(await zone(null, folder)).toBe("Asia/Tokyo");
    expect(await zone(null, at("a/b/c"), { TIMELINE_CONFIG: "../../../env.json" })).toBe("America/New_York");
    expect(await zone("timeline.config.json", folder, { TIMELINE_CONFIG: "env.json" })).toBe("Asia/Tokyo");
  });

  it("has the same fingerprint for the same settings, whatever the secrets, paths and order of keys", async () => {
    const one = await found({ statuspage: { site: "eu", channels: ["a"] }, store: "x.db" });
    const two = await named({ statuspage: { channels: ["a"], token: { env: "OTHER" } }, timezone: "UTC" }, { env: { OTHER: "zzz" } });
    const three = await found({ statuspage: { channels: ["b"] } });

    expect(two.fingerprint).toBe(one.fingerprint);
    expect(one.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(three.fingerprint).not.toBe(one.fingerprint);
  });

  it("accepts a byte order mark", async () => {
    expect((await found('\uFEFF{"statuspage":{}}')).sections.size).toBe(1);
  });
});

describe("a config with problems", () => {
  it("is refused with all of them at once, each with its path and place", async () => {
    const text = `{
  "timezon": "UTC",
  "leadIn": { "changes": "P1M", "metrics": 6 },
  "recheckFor": "P1000D",
  "store": 5,
  "statuspage": {
    "chanels": ["C1"],
    "channels": "C1",
    "site": "mars",
    "apiUrl": "http://elsewhere.example/",
    "token": "tok-plain",
    "nested": { "keys": [{ "key": { "env": "MISSING_KEY" } }] }
  },
  "pagerduty": {}
}`;
    const error = await refusal(found(text));

    expect(error.message).toContain("12 problems");
    expect(error.problems).toEqual([
      'timezon (line 2, column 3): there is no such key; did you mean "timezone"? [CONFIG_UNKNOWN_KEY]',
      'leadIn.changes (line 3, column 15): expected a duration such as "90m" or "PT24H", at most 31 d, got "P1M" (string) [CONFIG_VALUE]',
      "leadIn.metrics (line 3, column 33): expected a string, got 6 (number) [CONFIG_VALUE]",
      'recheckFor (line 4, column 3): expected a duration such as "90m" or "PT24H", at most 366 d, got "P1000D" (string) [CONFIG_VALUE]',
      "store (line 5, column 3): expected a string, got 5 (number) [CONFIG_VALUE]",
      expect.stringMatching(/^statuspage \(line 6, column 3\): http:\/\/elsewhere\.example is not https/),
      'statuspage.chanels (line 7, column 5): there is no such key; did you mean "channels"? [CONFIG_UNKNOWN_KEY]',
      'statuspage.channels (line 8, column 5): expected a list, got "C1" (string) [CONFIG_VALUE]',
      'statuspage.site (line 9, column 5): expected "eu" or "us", got "mars" (string) [CONFIG_VALUE]',
      expect.stringMatching(/^statuspage\.token \(line 11, column 5\): expected where the secret is found: \{ "env": "NAME" \}/),
      "statuspage.nested.keys[0].key (line 12, column 28): nothing is set in the environment variable MISSING_KEY; set it, or leave the section out [CONFIG_SECRET_MISSING]",
      expect.stringMatching(/^pagerduty \(line 14, column 3\): there is no such key; expected one of store, template, timezone, public/),
    ]);
    expect(error.problems.join()).not.toContain("tok-plain");
  });

  it.each<[string, string, RegExp]>([
    ["a prototype key", '{"__proto__":{"polluted":true}}', /line 1, column 2: expected another key than __proto__/],
    ["a constructor key", '{"constructor":{"prototype":{"polluted":true}}}', /constructor .*there is no such key/],
    ["a deeper prototype key", '{"statuspage":{"nested":{"__proto__":1}}}', /__proto__/],
    ["a key that stands there twice", '{"statuspage":{},"leadOut":"1h","leadOut":"2h"}', /leadOut .*stands there twice/],
    ["a comma after the last member", '{"a":1,}', /line 1, column 8: expected a key in double quotes/],
    ["a comment", "{\n  // no\n}", /line 2, column 3: expected a key/],
    ["two values", "{} {}", /line 1, column 4: expected the end/],
    ["a bare word", "{timezone: 1}", /line 1, column 2/],
    ["an open string", '{"a": "b\n"}', /line 1, column 7: expected a string/],
    ["a bad number", '{"leadOut": 01}', /expected "," or "}"/],
    ["null", "null", /the config.*: expected an object, got null/],
    ["a list", "[]", /the config.*: expected an object, got a list/],
    ["a string", '"x"', /the config.*: expected an object, got "x"/],
    ["a deep one", "[".repeat(50_000), /at most 24 levels/],
    ["a deep object", '{"a":'.repeat(40) + "1" + "}".repeat(40), /at most 24 levels/],
    ["a negative lead", '{"leadOut":"-PT2H"}', /leadOut .*expected a duration/],
    ["a huge lead", '{"leadOut":1e99}', /leadOut .*expected a string, got 1e\+99 \(number\)/],
    ["a store with NUL", '{"store":"a\\u0000b"}', /store .*expected a path without NUL/],
    ["a zone that does not exist", '{"timezone":"Mars/Olympus"}', /timezone .*expected an IANA time zone/],
    ["a person at an unknown connector", '{"people":[{"statuspge":"U1"}]}', /people\[0\]\.statuspge .*did you mean "statuspage"/],
    ["a variable in a value", '{"statuspage":{"channels":["${CHANNEL}"]}}', /channels\[0\] .*not replaced.*the value itself/],
    ["a variable as a secret", '{"statuspage":{"token":"${STATUSPAGE_TOKEN}"}}', /token .*write \{ "env": "STATUSPAGE_TOKEN" \}/],
    ["an empty reference", '{"statuspage":{"token":{"env":""}}}', /token .*expected where the secret is found/],
    ["a reference of two kinds", '{"statuspage":{"token":{"env":"A","file":"b"}}}', /token .*expected where the secret is found/],
  ])("refuses %s", async (_, text, problem) => {
    const error = await refusal(found(text));

    expect(error.problems.join("\n")).toMatch(problem);
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  it.each([
    ["xox", "b-1-2-abc"].join(""),
    ["gh", "p_abcdefabcdef"].join(""),
    ["github", "_pat_11AAA"].join(""),
    "Bearer abc",
    "-----BEGIN PRIVATE KEY-----",
    "0123456789abcdef".repeat(2),
    ["AKIA", "ABCDEFGHIJKLMNOP"].join(""),
  ])("refuses the secret %s wherever it stands and repeats nothing of it", async (pasted) => {
    const error = await refusal(named({ statuspage: { channels: [pasted], token: pasted, site: pasted }, timezone: pasted, [pasted]: 1 }));
    const said = error.problems.filter((problem) => problem.includes("looks like a secret"));

    expect(said.length).toBeGreaterThanOrEqual(4);
    expect(error.problems.filter((problem) => problem.replace(/^[^ ]+/, "").includes(pasted))).toEqual([]);
  });

  it("says how to begin when there is none, when it is empty, and when no source has a section", async () => {
    expect((await refusal(loadConfig({ path: null, cwd: "/", env, connectors }))).hint).toContain("timeline.config.json");
    expect((await refusal(found("  \n"))).message).toContain("is empty");
    expect((await refusal(found("{}"))).message).toContain("names no source");
    expect((await refusal(found({ store: "x.db" }))).hint).toContain('"slack": { "channels": ["inc-*"] }');
    expect((await refusal(loadConfig({ path: at("nowhere.json"), cwd: "/", env, connectors }))).message).toContain("does not exist");
  });

  it.each<[string, (path: string) => void, RegExp]>([
    ["a folder", (path) => mkdirSync(path), /is a folder/],
    ["a pipe", (path) => void execFileSync("mkfifo", ["-m", "600", path]), /device or pipe/],
    ["UTF-16", (path) => writeFileSync(path, Buffer.from("fffe7b007d00", "hex"), { mode: 0o600 }), /UTF-16, expected UTF-8/],
    ["another encoding", (path) => writeFileSync(path, Buffer.from([0x7b, 0xe4, 0x7d]), { mode: 0o600 }), /not UTF-8/],
    ["more than a megabyte", (path) => writeFileSync(path, " ".repeat(1024 * 1024 + 1), { mode: 0o600 }), /larger than 1 MB/],
    ["a dangling link", (path) => symlinkSync("nowhere", path), /does not exist/],
  ])("refuses %s", async (_, place, message) => {
    place(at("timeline.config.json"));

    expect((await refusal(loadConfig({ path: null, cwd: folder, env, connectors }))).message).toMatch(message);
  });
});

describe("what a config may ask for", () => {
  const hosts: readonly (readonly [url: string, found: RegExp | null, named: RegExp | null])[] = [
    ["https://api.statuspage.example/", null, null],
    ["https://API.statuspage.example/v1", null, null],
    ["http://127.0.0.1:8080/", null, null],
    ["http://localhost:8080/", null, null],
    ["http://[::1]:8080/", null, null],
    ["https://proxy.corp.example/", /no host of Statuspage/, null],
    ["https://api.statuspage.example.evil.test/", /no host of Statuspage/, null],
    ["https://127.0.0.1.evil.test/", /no host of Statuspage/, null],
    ["http://api.statuspage.example/", /not https/, /not https/],
    ["http://169.254.169.254/", /not https/, /not https/],
    ["https://api.statuspage.example@evil.test/", /user name/, /user name/],
    ["http://2130706433/", /is read as the host 127\.0\.0\.1/, /is read as the host 127\.0\.0\.1/],
    ["http://0x7f.1/", /is read as the host 127\.0\.0\.1/, /is read as the host 127\.0\.0\.1/],
    ["https://api.statuspage.example/?x=1", /query/, /query/],
    ["file:///etc/passwd", /expected a URL/, /expected a URL/],
    ["nonsense", /expected a URL/, /expected a URL/],
  ];

  it.each(hosts)("judges %s", async (apiUrl, whenFound, whenNamed) => {
    for (const [attempt, expected] of [
      [found, whenFound],
      [named, whenNamed],
    ] as const) {
      if (expected === null) expect((await attempt({ statuspage: { apiUrl } })).sections.size).toBe(1);
      else expect((await refusal(attempt({ statuspage: { apiUrl } }))).problems.join()).toMatch(expected);
    }
  });

  it("reads secrets from files and commands only where it was named", async () => {
    writeFileSync(at("secret.txt"), "from-file\n");
    const command = [process.execPath, "-e", "console.log('from-' + require('node:path').basename(process.cwd()).slice(0, 6))"];
    const config = { statuspage: { token: { file: "secret.txt" }, second: { command } } };

    const section = (await named(config)).sections.get("statuspage") as { token: Secret; second: Secret };
    expect([section.token.reveal(), section.second.reveal()]).toEqual(["from-file", "from-config"]);
    const error = await refusal(found(config));
    expect(error.problems).toHaveLength(2);
    expect(error.problems.join()).toMatch(/count only in a config that is named/);
  });

  it.each<[string, unknown, RegExp]>([
    ["a file that is not there", { file: "none" }, /the file cannot be read \(ENOENT\)/],
    ["a command that fails", { command: [process.execPath, "-e", "console.error('hush'); process.exit(3)"] }, /the command failed \(3\)/],
    ["a command that is not there", { command: ["no-such-program-here"] }, /the command failed \(ENOENT\)/],
    ["a command that says nothing", { command: [process.execPath, "-e", ""] }, /nothing is set in what the command prints/],
    ["a variable that is not set", { env: "NOT_SET" }, /statuspage\.token .*the environment variable NOT_SET/],
    ["an empty variable", { env: "EMPTY" }, /nothing is set in the environment variable EMPTY/],
    ["a variable with a line break inside", { env: "BROKEN" }, /environment variable BROKEN holds white space/],
  ])("names %s and no value", async (_, token, problem) => {
    const error = await refusal(named({ statuspage: { token } }, { env: { ...env, EMPTY: "  ", BROKEN: "hush\nhush" } }));

    expect(error.problems.join()).toMatch(problem);
    expect(error.problems.join() + error.message).not.toContain("hush");
  });

  it("keeps the paths of a section inside the folder unless it was named", async () => {
    const outside = { statuspage: {}, dropbox: { path: "../reports" } };

    expect((await refusal(found(outside))).problems.join()).toContain("expected a path inside the folder of the config");
    expect((await named(outside)).sections.get("dropbox")).toEqual({ path: "../reports" });
    expect((await found({ ...outside, dropbox: { path: "reports" } })).sections.size).toBe(2);
  });

  it("takes a section of which nothing is read for no source", async () => {
    expect(await refusal(named({ dropbox: { path: "reports" } }))).toMatchObject({ id: "CONFIG_NO_SOURCE" });
  });

  it("keeps the store inside the folder unless it was named", async () => {
    symlinkSync(tmpdir(), at("link"));
    const outside = ["../x.db", "/tmp/x.db", "a/../../x.db", ".", "link/x.db"];

    for (const store of outside)
      expect((await refusal(found({ statuspage: {}, store }))).problems.join()).toMatch(/^store .*inside the folder/);
    for (const store of ["x.db", "a/b/x.db", "./x.db", "..x/y.db"])
      expect((await found({ statuspage: {}, store })).store).toContain(folder);
    expect((await named({ statuspage: {}, store: "/tmp/x.db" })).store).toBe("/tmp/x.db");
  });

  it.each([0o622, 0o662, 0o666])(
    "refuses one that was found and that others may write (%o), and takes it when it is named",
    async (mode) => {
      const path = write({ statuspage: {} });
      chmodSync(path, mode);

      expect((await refusal(loadConfig({ path: null, cwd: folder, env, connectors }))).message).toContain("can be written by other users");
      expect((await loadConfig({ path, cwd: folder, env, connectors })).sections.size).toBe(1);
    },
  );
});
