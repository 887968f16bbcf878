import Database from "better-sqlite3";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { builtinConnectors } from "../../connectors/index.js";
import { slackSchema } from "../../connectors/slack/config.js";
import { slack as connector } from "../../connectors/slack/index.js";
import { attachIncident, type AttachRequest, type PlaceOutcome } from "../../src/attach-incident.js";
import type { NoticeReport } from "../../src/contract/notice.js";
import { Secret } from "../../src/contract/secret.js";
import { createWire } from "../../src/kit/wire/create-wire.js";
import { openStore } from "../../src/store/open-store.js";
import { instant, openBench, type Bench } from "../support/build-fixture.js";
import { virtualClock } from "../support/virtual-clock.js";
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

async function attach(section: object, request: Partial<AttachRequest> = {}): Promise<PlaceOutcome[]> {
  const config = { ...slackSchema.parse({ apiUrl: `${slack.url}/api/`, attach: section }), token: new Secret("xoxb-made-up") };
  const clock = virtualClock(instant("2026-03-20T09:00:00Z"));
  const wire = createWire({ clock, random: () => 0.5 });
  const store = await openStore(join(bench.folder, "store/timeline.db"));
  const connectors = builtinConnectors.map((each) => ({
    connector: each,
    config: each.id === "slack" ? config : {},
    credential: "",
    host: "",
  }));
  try {
    return await attachIncident(
      { incident: ID, reports: [report()], stage: "open", destinations: null, ...request },
      { timezone: "UTC", roster: [], publicSections: [], folder: bench.folder },
      {
        store,
        watch: memory,
        connectors: connectors.filter((each) => each.connector.id === "slack"),
        fetchToWriteFor: (id) => wire.fetchToWriteFor(id, connector.wire, connector.config.baseUrls(config)),
        clock,
        signal: new AbortController().signal,
      },
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
    expect(sentTo("C2")).toMatch(/Incident timeline: 2026-03-04-incident-[0-9a-f]{8}/);
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
