import Database from "better-sqlite3";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { builtinConnectors } from "../../connectors/index.js";
import { attachIncident, type AttachRequest } from "../../src/attach-incident.js";
import type { PlaceOutcome } from "../../src/attach/index.js";
import type { NoticeReport } from "../../src/contract/notice.js";
import { openSources } from "../../src/cli/open-sources.js";
import { loadConfig } from "../../src/config/index.js";
import { openStore } from "../../src/store/open-store.js";
import { instant, ioAt, openBench, type Bench } from "../support/build-fixture.js";
import { writableGithub } from "../support/writable-github.js";
import { serveWritable } from "../support/writable-server.js";
import { writableSlack, type WritableSlack } from "../support/writable-slack.js";
import { Memory } from "./rig.js";

const TITLE = "Zebra title";
const ID = "2026-03-04-zebra-title";
const PRIVATE = { id: "C002DB9A2B", name: "inc-0304-partners" };
const WORDS = "planted-private-words";
let bench: Bench;
let slack: WritableSlack;
let memory: Memory;

beforeAll(async () => {
  bench = await openBench();
  const sections = { slack: { channels: ["inc-*", PRIVATE.name] } };
  await bench.build({ sections, request: { title: TITLE } });
  const store = new Database(join(bench.folder, "store/timeline.db"));
  // Something of everything that is private: it stands out, and says the words.
  const body = JSON.stringify([
    { type: "paragraph", inlines: [{ type: "text", text: `${WORDS} we rolled back checkout, impact is over` }] },
  ]);
  const planted = store
    .prepare(
      "update record set evidence = json_set(evidence, '$.body', json(?), '$.signals.incidentChannel', json('true')) where evidence ->> '$.visibility' = 'private'",
    )
    .run(body);
  store.close();
  expect(planted.changes).toBeGreaterThan(2);
  await bench.build({ sections, request: { title: TITLE } });
});
afterAll(() => bench.close());
beforeEach(async () => {
  slack = await writableSlack();
  slack.channels.push({ id: PRIVATE.id, name: PRIVATE.name, is_member: true, is_private: true });
  memory = new Memory();
  return () => slack.close();
});

function report(more: Partial<NoticeReport> = {}): NoticeReport {
  return {
    key: "slack:C1",
    title: TITLE,
    name: "inc-1",
    start: instant("2026-03-04T11:20:00Z"),
    end: null,
    also: {},
    severity: null,
    url: null,
    visibility: "public",
    wishes: { services: [], only: {}, destinations: null },
    marks: [],
    ...more,
  };
}

/** As a command does it: sections of the config, their destinations, the store. */
async function attach(slackAttach: object, request: Partial<AttachRequest> = {}, others: object = {}): Promise<PlaceOutcome[]> {
  const path = join(bench.folder, "attach.config.json");
  writeFileSync(path, JSON.stringify({ slack: { apiUrl: `${slack.url}/api/`, attach: slackAttach }, ...others }));
  const env = { SLACK_BOT_TOKEN: "xoxb-made-up", GITHUB_TOKEN: "ghp_made-up", TIMELINE_WEBHOOK_SECRET: "a-text-of-our-own" };
  const config = await loadConfig({ path, cwd: bench.folder, env, connectors: builtinConnectors });
  const io = ioAt(instant("2026-03-20T09:00:00Z"), bench.folder);
  const store = await openStore(join(bench.folder, "store/timeline.db"));
  try {
    return await attachIncident(
      { incident: ID, reports: [report()], stage: "open", destinations: null, ...request },
      { ...config, roster: [] },
      { ...io, ...openSources(config, io, {}), store, watch: memory, connectors: builtinConnectors.map((connector) => ({ connector })) },
    );
  } finally {
    await store.close();
  }
}

const sentTo = (channel: string) => JSON.stringify(slack.messages.filter((each) => each.channel === channel));

describe("attachIncident", () => {
  it("sends what is private to its own channel and nowhere else, and counts it elsewhere", async () => {
    const channels = ["C2", "C3", "C4", PRIVATE.id];
    const outcomes = await attach({ incidentChannel: true, channels, file: true });

    expect(outcomes.map(({ outcome, error }) => [outcome, error])).toEqual(outcomes.map(() => ["created", null]));
    expect(outcomes).toHaveLength(10);
    expect(sentTo(PRIVATE.id).split(WORDS).length).toBeGreaterThan(2);
    for (const channel of ["C1", "C2", "C3", "C4"]) {
      for (const word of [WORDS, PRIVATE.id, PRIVATE.name]) expect(sentTo(channel)).not.toContain(word);
      expect(sentTo(channel)).toMatch(
        channel === "C4" ? /words, links and names of \d+ records are left out/ : /Left out here.*\d+ records and/,
      );
    }
  });

  it("sends nothing private anywhere with every destination on", async () => {
    const github = await writableGithub();
    const receiver = await serveWritable(() => ({ status: 204 }));
    const hook = (name: string, readers: string) => ({ name, readers, url: `${receiver.url}/${name}` });
    const outcomes = await attach(
      { incidentChannel: true, channels: ["C2", "C3", "C4", PRIVATE.id], file: true },
      { reports: [report(), report({ key: "github:acme/shop#12" })] },
      {
        github: { apiUrl: github.url, repos: ["acme/shop"], attach: { issue: true } },
        folder: {
          attach: [
            { path: "inside", formats: ["md", "json", "csv", "jsonl", "html"], readers: "organisation" },
            { path: "outside", readers: "everyone" },
          ],
        },
        webhook: { send: [hook("inside", "organisation"), hook("outside", "everyone")] },
      },
    );
    const bodies = receiver.requests.map(({ body }) => body.toString("utf8"));
    const filesIn = (name: string) => readdirSync(join(bench.folder, name)).filter((each) => !each.startsWith("."));
    const written = ["inside", "outside"].flatMap((name) =>
      filesIn(name).map((each) => readFileSync(join(bench.folder, name, each), "utf8")),
    );
    const elsewhere = [...["C1", "C2", "C3", "C4"].map(sentTo), ...github.comments.map(({ body }) => body), ...bodies, ...written];
    await Promise.all([github.close(), receiver.close()]);

    expect(outcomes.map(({ outcome, error }) => [outcome, error])).toEqual(outcomes.map(() => ["created", null]));
    expect(outcomes).toHaveLength(15);
    expect(filesIn("inside")).toEqual([`${ID}.csv`, `${ID}.html`, `${ID}.json`, `${ID}.jsonl`, `${ID}.md`]);
    expect(filesIn("outside")).toEqual([expect.stringMatching(/^incident-[0-9a-f]{8}\.public\.md$/)]);
    expect(elsewhere).toHaveLength(13);
    expect(sentTo(PRIVATE.id).split(WORDS).length).toBeGreaterThan(2);
    for (const text of elsewhere) for (const word of [WORDS, PRIVATE.id, PRIVATE.name]) expect(text).not.toContain(word);
    for (const text of [sentTo("C4"), bodies[1]!, written.at(-1)!]) expect(text).not.toMatch(/tillerby|Zebra title|zebra-title|responder/);
  });

  it("tells people outside times and nothing that a source or the owner wrote", async () => {
    await attach({ channels: ["C4"], file: true });

    expect(slack.posts()).toHaveLength(1);
    expect(sentTo("C4")).not.toMatch(/https?:|Zebra title|responder|#inc/);
    expect(slack.files()[0]!.file!.text).toMatch(/^# Incident of 2026-03-04\n/);
  });

  it("sends what the owner made of it to those who may see all of it", async () => {
    const path = join(bench.folder, `out/${ID}.md`);
    const before = readFileSync(path, "utf8");
    writeFileSync(path, before.replace("## Coverage", "## For us\n\nthe-owners-own-words\n\n## Coverage"));
    await attach({ channels: [PRIVATE.id, "C2"], file: true }, { reports: [] });
    const files = new Map(slack.files().map((each) => [each.channel, each.file!.text]));
    writeFileSync(path, before);

    expect(files.get(PRIVATE.id)).toContain("the-owners-own-words");
    expect(files.get("C2")).not.toContain("the-owners-own-words");
  });

  it("does not tell the title or the id of an incident that only a private place told of", async () => {
    const hidden = report({ key: `slack:${PRIVATE.id}`, title: TITLE, visibility: "private" });
    await attach({ incidentChannel: true, channels: ["C2"], file: true }, { reports: [hidden] });

    expect(sentTo(PRIVATE.id)).toContain(TITLE);
    expect(sentTo("C2")).not.toMatch(/Zebra title|zebra-title/);
    expect(sentTo("C2")).toMatch(/Incident timeline: incident-[0-9a-f]{8}/);
    await attach({ channels: ["C2"] }, { reports: [hidden, report({ title: "Told by another" })] });
    expect(sentTo("C2")).toContain("Told by another");
  });

  it("changes nothing when there is nothing new, in another process as well", async () => {
    const section = { incidentChannel: true, channels: ["C2"], file: true };
    await attach(section);
    const asked = slack.requests.length;

    expect((await attach(section)).map(({ outcome }) => outcome)).toEqual(["unchanged", "unchanged", "unchanged", "unchanged"]);
    expect(slack.requests.slice(asked).filter(({ path }) => !path.endsWith("/conversations.info"))).toEqual([]);
  });

  it("goes on with the others when one fails, and says why", async () => {
    const outcomes = await attach({ channels: ["nowhere", "C2"], file: true });

    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["failed", "created", "skipped", "created"]);
    expect(outcomes[0]!.error).toMatchObject({ message: "No channel is called #nowhere" });
  });

  it("tells in a dry run what would be sent, and sends nothing", async () => {
    const outcomes = await attach({ incidentChannel: true, file: true }, { dryRun: true });

    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["would create", "would create"]);
    expect(outcomes[0]!.preview).toMatch(/^\*Incident timeline: Zebra title\*\n/);
    expect(slack.messages).toEqual([]);
    expect(memory.records.size).toBe(0);
    expect(slack.requests.every(({ path }) => path.endsWith("conversations.info"))).toBe(true);
  });

  it("takes only the places that are wished for", async () => {
    const section = { incidentChannel: true, channels: ["C2"] };

    expect((await attach(section, { destinations: ["message/C2"] })).map(({ place }) => place)).toEqual(["message/C2"]);
    expect(await attach(section, { destinations: [] })).toEqual([]);
  });
});
