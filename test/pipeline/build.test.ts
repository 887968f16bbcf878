import { readFileSync, statSync, writeFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deleteMessage, editMessage } from "../../fixtures/change-messages.js";
import { loadIncident, pastedSecrets } from "../../fixtures/incident-data.js";
import { instant, openBench, type Bench } from "../support/build-fixture.js";

let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ pageSizes: { slack: 25, github: 100, datadog: 20 } });
});
afterEach(() => bench.close());

describe("a build of the bundled incident", () => {
  it("has everything of the window, in order and once", async () => {
    await bench.build();
    const { entries } = bench.json();
    const ids = entries.flatMap((entry) => entry.evidence);
    expect(missingFrom(ids)).toEqual([]);
    expect(ids.length).toBe(new Set(ids).size);
    const times = entries.map((entry) => instant(entry.at));
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it("begins before the incident, with the change of the evening before", async () => {
    await bench.build();
    const first = bench.json().entries.filter((entry) => entry.highlighted)[0]!;
    expect(first.evidence).toContain("github-pr:tillerby/shop#1482");
    expect(first.phase).toBe("before");
  });

  it("makes one change of a pull request, its runs, its deployment and its revert", async () => {
    await bench.build();
    const { changes, entries } = bench.json();
    const evidenceOf = new Map(entries.map((entry) => [entry.id, entry.evidence]));
    const change = changes
      .map((each) => each.entries.flatMap((id) => evidenceOf.get(id) ?? []))
      .find((evidence) => evidence.includes("github-pr:tillerby/shop#1482"))!;
    expect(change).toContain("github-pr:tillerby/shop#1491");
    expect(change.some((id) => id.startsWith("github-deployment:tillerby/shop/"))).toBe(true);
    expect(change.some((id) => id.startsWith("github-run:tillerby/shop/"))).toBe(true);
  });

  it("gives the same bytes from another empty store, in another time zone, on another day", async () => {
    await bench.build();
    const first = bench.bytes();
    bench.clear();
    const zone = process.env["TZ"];
    process.env["TZ"] = "Asia/Kolkata";
    try {
      await bench.build({ now: "2026-07-01T00:00:00Z" });
    } finally {
      if (zone === undefined) delete process.env["TZ"];
      else process.env["TZ"] = zone;
    }
    expect(bench.bytes()).toBe(first);
  });

  it("makes no call and writes nothing when it is built again", async () => {
    await bench.build();
    const before = snapshot(bench.folder);
    const calls = bench.server.calls.length;
    const again = await bench.build({ now: "2026-03-21T09:00:00Z" });
    // A channel that the app has not joined is looked for again: somebody may have invited it.
    expect(bench.server.calls.slice(calls).filter((call) => !/conversations\.(list|info)$/.test(call.path))).toEqual([]);
    expect(again.files.every((file) => file.unchanged)).toBe(true);
    expect(filesOf(before, "out/")).toEqual(filesOf(snapshot(bench.folder), "out/"));
  });

  it("makes no call at all when every scope could be read", async () => {
    const sections = { slack: { channels: ["inc-0304-checkout", "team-shop"] } };
    await bench.build({ sections });
    const before = snapshot(bench.folder);
    const calls = bench.server.calls.length;
    await bench.build({ sections, now: "2026-03-21T09:00:00Z" });
    expect(bench.server.calls.slice(calls)).toEqual([]);
    expect(snapshot(bench.folder)).toEqual(before);
  });

  it("names nobody, and shows no credential", async () => {
    await bench.build();
    const text = `${bench.markdown()}\n${bench.text()}`;
    expect(peopleNamedIn(text)).toEqual([]);
    for (const secret of Object.values(pastedSecrets)) expect(text).not.toContain(secret);
    const stored = readdirSync(join(bench.folder, "store")).map((name) => readFileSync(join(bench.folder, "store", name), "latin1"));
    for (const secret of Object.values(pastedSecrets)) expect(stored.some((bytes) => bytes.includes(secret))).toBe(false);
    expect(text).toMatch(/\[?\\?\[masked: /);
  });

  it("knows one person by their e-mail address over Slack and GitHub", async () => {
    await bench.build();
    const { entries } = bench.json();
    const roleOf = (id: string) => entries.find((entry) => entry.evidence.includes(id))?.role;
    const data = loadIncident();
    const pull = data.github.pulls["tillerby/shop"]!.find((each) => each.number === 1482)!;
    const login = (pull["author"] as { login: string }).login.toLowerCase();
    const email = data.github.commits["tillerby/shop"]!.map(
      (each) => each as unknown as { author: { login: string } | null; commit: { author: { email: string } } },
    ).find((each) => each.author?.login.toLowerCase() === login)!.commit.author.email;
    const user = data.slack.users.find((each) => (each["profile"] as { email?: string }).email === email)!["id"];
    const message = data.slack.messages["inc-0304-checkout"]!.find((each) => each.user === user && each.subtype === undefined)!;
    expect(roleOf("github-pr:tillerby/shop#1482")).toBe(roleOf(`slack:C0E9AD8216:${message.ts}`));
  });
});

describe("what a build can see", () => {
  it("reads a private channel only when it is named, and marks it", async () => {
    await bench.build();
    expect(bench.text()).not.toContain("slack:C002DB9A2B:");
    await bench.build({ sections: { slack: { channels: ["inc-*", "inc-0304-partners"] } } });
    const entries = bench.json().entries.filter((entry) => entry.evidence.some((id) => id.startsWith("slack:C002DB9A2B:")));
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.every((entry) => entry.visibility === "private")).toBe(true);
  });

  it("sees only its own scopes, whatever else the store holds", async () => {
    await bench.build({ sections: { slack: { channels: ["inc-0304-checkout", "inc-0304-partners"] } } });
    await bench.build({ sections: { slack: { channels: ["team-shop"] } } });
    const channels = new Set(
      bench
        .json()
        .evidence.map((each) => each.id.split(":"))
        .filter((id) => id[0] === "slack")
        .map((id) => id[1]),
    );
    expect([...channels]).toEqual(["C05FB4D0C7"]);
  });

  it("sees only its own spans: another incident in the same store changes no byte", async () => {
    await bench.build();
    const alone = bench.bytes();
    bench.clear();
    const earlier = { title: "Slow search", start: instant("2026-03-02T12:00:00Z"), end: instant("2026-03-03T09:00:00Z") };
    await bench.build({ request: { ...earlier, from: instant("2026-02-20T00:00:00Z"), until: instant("2026-03-04T10:00:00Z") } });
    await bench.build();
    expect(bench.bytes() === alone).toBe(true);
  });

  it("says what is missing and what to do, and goes on with the rest", async () => {
    await bench.build({ sections: { github: { repos: ["tillerby/shop", "tillerby/nowhere"] } } });
    const gaps = bench.json().coverage.flatMap((line) => line.gaps.map((gap) => ({ ...gap, name: line.name })));
    expect(gaps).toContainEqual(
      expect.objectContaining({ reason: "not in channel", hint: expect.stringContaining("/invite @") as string }),
    );
    expect(gaps).toContainEqual(expect.objectContaining({ reason: "not found", name: "tillerby/nowhere" }));
    expect(gaps.find((gap) => gap.reason === "not asked")?.hint).toContain("createdWithin");
    expect(bench.json().entries.some((entry) => entry.evidence.includes("github-pr:tillerby/shop#1482"))).toBe(true);
  });

  it("builds the rest when one vendor refuses the token", async () => {
    await bench.build({ environment: { GITHUB_TOKEN: "bad-token" } });
    const { coverage, entries } = bench.json();
    const github = coverage.filter((line) => line.connector === "github");
    expect(github.length).toBeGreaterThan(0);
    expect(github.every((line) => line.state === "failed")).toBe(true);
    expect(entries.some((entry) => entry.kind.startsWith("slack."))).toBe(true);
  });

  it("writes nothing and says why when no source can be read", async () => {
    const environment = { GITHUB_TOKEN: "bad-1", SLACK_BOT_TOKEN: "bad-2", DD_API_KEY: "bad-3", DD_APP_KEY: "bad-4" };
    await expect(bench.build({ environment })).rejects.toMatchObject({ exitCode: 3 });
    expect(() => bench.text()).toThrow("ENOENT");
  });
});

describe("what changes between two builds", () => {
  const CHANNEL = "inc-0304-checkout";
  const LATER = "2026-03-21T09:00:00Z";

  it("shows a tombstone for what was deleted at the source, without its text", async () => {
    const message = answerable();
    await bench.build();
    bench.server.mutate((data) => deleteMessage(data, CHANNEL, message.ts));
    await bench.build({ now: LATER, request: { refresh: true } });
    const entry = bench.json().entries.find((each) => each.evidence.includes(`slack:C0E9AD8216:${message.ts}`))!;
    expect(entry.text).toContain("deleted at the source");
    expect(bench.text()).not.toContain(message.text!);
    expect(bench.markdown()).not.toContain(message.text!);
  });

  it("keeps an edit as a new version, and the entry its id", async () => {
    const message = answerable();
    const id = `slack:C0E9AD8216:${message.ts}`;
    await bench.build();
    const before = bench.json().entries.find((each) => each.evidence.includes(id))!;
    bench.server.mutate((data) => editMessage(data, CHANNEL, message.ts, "it is the warehouse after all", 1_772_640_000));
    await bench.build({ now: LATER, request: { refresh: true } });
    const after = bench.json().entries.find((each) => each.evidence.includes(id))!;
    expect(after.text).toContain("it is the warehouse after all");
    expect(after.id).toBe(before.id);
    expect(bench.json().evidence.find((each) => each.id === id)?.version).toBe(2);
  });

  it("changes nothing when nothing changed at the source", async () => {
    await bench.build();
    const first = bench.bytes();
    await bench.build({ now: LATER, request: { refresh: true } });
    expect(bench.bytes()).toBe(first);
  });

  it("keeps what somebody changed, takes in what is new, and keeps the version before beside it", async () => {
    await bench.build({ sections: { slack: { channels: ["team-shop"] } } });
    const path = join(bench.folder, "out", "2026-03-04-checkout-errors.md");
    const mine = bench.markdown().replace("# Checkout errors", "# The day the till stood still");
    writeFileSync(path, mine);
    const again = await bench.build();
    const merged = readFileSync(path, "utf8");
    expect(again.files[0]).toMatchObject({ action: "write", path });
    expect(merged).toContain("# The day the till stood still");
    expect(merged).toContain("_new_ · ");
    expect(readFileSync(path.replace(/\.md$/, ".previous.md"), "utf8")).toBe(mine);
  });

  it("shows the owner's timeline in every other format", async () => {
    await bench.build();
    const path = join(bench.folder, "out", "2026-03-04-checkout-errors.md");
    const mine = bench
      .markdown()
      .replace(
        "**11:31:10** _Detected_ · Alert: Checkout error rate (2 times in 30 min)",
        "**11:31** _Detected_ · The alert came five minutes late",
      );
    writeFileSync(path, mine);
    await bench.build();
    expect(readFileSync(path, "utf8")).toBe(mine);
    const changed = bench.json().entries.find(({ text }) => text === "The alert came five minutes late");
    expect(changed).toMatchObject({
      at: "2026-03-04T11:31:00Z",
      original: { at: "2026-03-04T11:31:10.402Z", text: "Alert: Checkout error rate (2 times in 30 min)" },
    });
  });

  it("leaves a closed file alone, and sets it back to review when it is to be reopened", async () => {
    await bench.build({ sections: { slack: { channels: ["team-shop"] } } });
    const path = join(bench.folder, "out", "2026-03-04-checkout-errors.md");
    const closed = bench.markdown().replace("status: draft", "status: closed # done");
    writeFileSync(path, closed);
    await expect(bench.build()).rejects.toMatchObject({ id: "OWNER_FILE_CLOSED", exitCode: 4 });
    expect(readFileSync(path, "utf8")).toBe(closed);
    await bench.build({ request: { reopen: true } });
    expect(readFileSync(path, "utf8")).toContain("status: in review # done");
  });

  it.each([
    ["conflict markers", (text: string) => text.replace("## Coverage", "<<<<<<< a\n## Coverage\n=======\n>>>>>>> b")],
    ["no end", (text: string) => text.slice(0, text.indexOf("## Coverage"))],
    ["other bytes", (text: string) => Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xfe])])],
  ])("does not touch a file with %s, and puts the proposal beside it, once", async (_, change) => {
    await bench.build();
    const path = join(bench.folder, "out", "2026-03-04-checkout-errors.md");
    writeFileSync(path, change(bench.markdown()));
    const before = readFileSync(path);
    for (let round = 0; round < 2; round++) await expect(bench.build()).rejects.toMatchObject({ id: "OWNER_FILE_UNSAFE", exitCode: 4 });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(join(bench.folder, "out")).filter((name) => name.includes(".new"))).toEqual(["2026-03-04-checkout-errors.new.md"]);
    expect(readFileSync(path.replace(/\.md$/, ".new.md"), "utf8")).toContain("## Coverage");
  });

  /** A plain message of the middle of the incident that nobody answered. */
  function answerable() {
    const messages = loadIncident().slack.messages[CHANNEL]!;
    const found = messages
      .slice(20)
      .find(
        (each) => each.subtype === undefined && each.thread_ts === undefined && (each.text?.length ?? 0) > 40 && !each.text!.includes("<"),
      );
    if (!found) throw new Error("the story has no such message");
    return found;
  }
});

/** Evidence ids of the bundled incident that lie well inside the window and are not in `ids`. */
function missingFrom(ids: readonly string[]): string[] {
  const data = loadIncident();
  const there = new Set(ids);
  const talk = { from: instant("2026-03-04T09:20:00Z"), until: instant("2026-03-04T15:05:00Z") };
  const changes = { from: instant("2026-03-03T11:20:00Z"), until: talk.until };
  const inside = (at: number, span: typeof talk) => at >= span.from && at < span.until;
  const wanted: string[] = [];
  for (const name of ["inc-0304-checkout", "team-shop", "alerts-shop", "deploys", "support"]) {
    const channel = data.slack.channels.find((each) => each.name === name)!.id;
    for (const message of data.slack.messages[name]!)
      if (inside(Number(message.ts) * 1e6, talk)) wanted.push(`slack:${channel}:${message.ts}`);
  }
  for (const [repo, pulls] of Object.entries(data.github.pulls))
    for (const pull of pulls)
      if (pull.mergedAt !== null && inside(instant(pull.mergedAt), changes)) wanted.push(`github-pr:${repo}#${pull.number}`);
  for (const [repo, runs] of Object.entries(data.github.runs))
    for (const run of runs)
      if (inside(instant(run["run_started_at"] as string), changes)) wanted.push(`github-run:${repo}/${run.id}/${run.run_attempt}`);
  for (const [key, run] of Object.entries(data.github.runAttempts))
    if (inside(instant(run["run_started_at"] as string), changes)) wanted.push(`github-run:${key}`);
  for (const event of data.datadog.events)
    if (inside(event.attributes.attributes.timestamp * 1000, talk) && event.attributes.tags.includes("env:prod"))
      wanted.push(`datadog-event:${event.id}`);
  return wanted.filter((id) => !there.has(id));
}

/** Names, handles, addresses and ids of the story's people as whole tokens; first names that are words do not count. */
function peopleNamedIn(text: string): string[] {
  const words = new Set(["rose", "will", "may"]);
  const people = loadIncident().slack.users.filter((user) => user["is_bot"] !== true && user["id"] !== "USLACKBOT");
  const names = people.flatMap((user) => {
    const profile = user["profile"] as { real_name?: string; display_name?: string; email?: string };
    return [user["id"], user["name"], profile.real_name, profile.display_name, profile.email, ...(profile.real_name ?? "").split(" ")] as (
      string | undefined
    )[];
  });
  const logins = Object.values(loadIncident().github.pulls)
    .flat()
    .map((pull) => pull["author"] as { login: string; __typename: string } | null);
  const handles = logins.flatMap((author) => (author === null || author.__typename === "Bot" ? [] : [author.login]));
  const tokens = new Set(text.toLowerCase().match(/[\p{L}\p{N}_]+(?:[.@-][\p{L}\p{N}_]+)*/gu));
  const parts = new Set(text.toLowerCase().match(/[\p{L}\p{N}_]+/gu));
  return [...new Set([...names, ...handles])]
    .filter((name): name is string => name !== undefined && name.length > 2 && !words.has(name.toLowerCase()))
    .map((name) => name.toLowerCase())
    .filter((name) => tokens.has(name) || parts.has(name));
}

function snapshot(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(
    names
      .filter((name) => name !== "timeline.config.json")
      .map((name) => [name, `${statSync(join(folder, name)).mtimeMs} ${readFileSync(join(folder, name), "latin1").length}`]),
  );
}

function filesOf(files: Record<string, string>, prefix: string): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([name]) => name.startsWith(prefix)));
}
