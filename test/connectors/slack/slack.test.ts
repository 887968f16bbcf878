import { beforeAll, describe, expect, it } from "vitest";
import { slack } from "../../../connectors/slack/index.js";
import type { Connector } from "../../../src/contract/connector.js";
import type { Evidence } from "../../../src/contract/evidence.js";
import { canonicalJson } from "../../../src/kit/hash.js";
import { collectScenario, type CollectedScenario } from "../../../src/contract/testing/collect-scenario.js";
import { notation } from "./notation.js";
import { at, scenarios } from "./scenarios.js";

const connector = slack as Connector<never>;

describe.each(scenarios)("$name", (scenario) => {
  let run: CollectedScenario;
  const find = (time: string, channel = "C0INC"): Evidence => run.evidence.find((each) => each.id === `slack:${channel}:${at(time)}`)!;

  beforeAll(async () => {
    run = await collectScenario(connector, scenario);
  });

  it("yields what is expected and uses every exchange", () => {
    expect(run.evidence.map((each) => each.id)).toEqual(scenario.expect.evidenceIds);
    expect(run.gaps.map(({ scope, reason }) => ({ scope, reason }))).toEqual(scenario.expect.gaps);
    expect(run.unused).toEqual([]);
  });

  it("declares every kind that it yields", () => {
    expect(run.evidence.filter((each) => !(each.kind in slack.kinds))).toEqual([]);
  });

  it("yields a message that history and its thread both give as the same evidence", () => {
    const copies = run.evidence.filter((each) => each.id === `slack:C0INC:${at("11:42:00.123456")}`);

    expect(copies).toHaveLength(2);
    expect(canonicalJson(copies[0])).toBe(canonicalJson(copies[1]));
    expect(copies[0]).toMatchObject({ source: "messages", scope: "C0INC", kind: "slack.broadcast.posted" });
  });

  it("converts a broadcast whole", () => {
    expect(find("11:42:00.123456")).toEqual({
      id: "slack:C0INC:1772624520.123456",
      connector: "slack",
      source: "messages",
      scope: "C0INC",
      kind: "slack.broadcast.posted",
      times: [{ meaning: "posted", at: 1772624520123456, precisionMicros: 1, sourceText: "1772624520.123456" }],
      actor: { connector: "slack", id: "U0IVO", kind: "person" },
      title: "",
      body: [
        {
          type: "paragraph",
          inlines: [
            { type: "text", text: "rolled back: " },
            { type: "link", url: "https://github.com/Acme/Shop/pull/482", text: "#482" },
            { type: "text", text: " & watching" },
          ],
        },
      ],
      url: "https://acme.slack.com/archives/C0INC/p1772624520123456?thread_ts=1772623800.000400&cid=C0INC",
      refs: [
        { type: "thread", id: "slack:C0INC:1772623800.000400", relation: "of" },
        { type: "pull", id: "acme/shop#482", relation: "mentions" },
      ],
      visibility: "public",
      signals: { incidentChannel: true },
      payload: {
        channel: "C0INC",
        ts: "1772624520.123456",
        subtype: "thread_broadcast",
        thread_ts: "1772623800.000400",
        user: "U0IVO",
        text: "rolled back: <https://github.com/Acme/Shop/pull/482|#482> &amp; watching",
      },
    });
  });

  it("keeps what is volatile out of a parent, and its marks in", () => {
    const parent = find("11:30:00.000400");

    expect(JSON.stringify(parent)).not.toMatch(/reply_|latest_reply|thread_ts/);
    expect(parent.signals).toEqual({ pinned: true, reactions: 4, incidentChannel: true });
    expect(parent.times.map((time) => time.meaning)).toEqual(["posted", "pinned"]);
    expect(notation(parent.body)).toBe("errors on checkout since 11:20, @sre @(U0IVO)");
  });

  it("reads a program's message from its attachment, with its own time and severity", () => {
    const alert = find("11:27:00.000300");

    expect(alert.actor).toEqual({ connector: "slack", id: "B0ALERT/Alerts", kind: "bot" });
    expect(alert.signals).toEqual({ severity: "critical", automated: true, incidentChannel: true });
    expect(alert.times.map(({ meaning, sourceText }) => [meaning, sourceText])).toEqual([
      ["posted", at("11:27:00.000300")],
      ["stated", "1772623590"],
    ]);
    expect(notation(alert.body)).toBe(
      "[[Triggered] checkout errors](https://alerts.example/m/7)\n\n12 % of requests\n\n{b Service:} checkout",
    );
    expect(notation(find("11:00:00", "C0OPS").body)).toBe("{b shop} deployed ✅");
  });

  it("marks an edit, a deletion and housekeeping", () => {
    expect(find("12:10:00.500000")).toMatchObject({
      signals: { edited: true },
      times: [{ meaning: "posted" }, { meaning: "edited", precisionMicros: 1_000_000 }],
    });
    expect(find("12:59:59.999999", "G0SECRET")).toMatchObject({
      kind: "slack.message.removed",
      body: [],
      actor: null,
      signals: { routine: true, deletedAtSource: true },
      visibility: "private",
    });
    expect(find("11:26:00.000100")).toMatchObject({ kind: "slack.channel.joined", signals: { routine: true } });
    expect(notation(find("12:40:00.000100").body)).toBe("RESOLVED | review on Friday");
  });

  it("finds the replies of a thread that is older than the window", () => {
    const reply = find("11:35:00.000007");

    expect(reply).toMatchObject({ source: "threads", kind: "slack.reply.posted" });
    expect(reply.scope).toBe(`C0INC:${at("2026-02-28T09:00:00.000900Z")}`);
  });

  it("names files and links them", () => {
    expect(notation(find("12:00:00.000200").body)).toBe(
      "and here is the graph\n\nFile: [checkout errors](https://acme.slack.com/files/U0IVO/F1/graph.png)\n\nFile: deleted",
    );
  });

  it("covers each asked span whole, without holes", () => {
    for (const channel of ["C0INC", "C0OPS", "G0SECRET"]) {
      const spans = run.covered.filter((each) => each.scope === channel).map((each) => each.span);
      const total = spans.reduce((sum, span) => sum + span.until - span.from, 0);
      expect(total).toBe(scenario.window.until - scenario.window.from + 7 * 86_400_000_000);
    }
  });

  it("tells who is who: people, those who left, programs, guests", () => {
    const accounts = new Map(run.references.flatMap((each) => (each.type === "account" ? [[each.id, each]] : [])));

    expect(accounts.get("U0MARA")).toEqual({
      type: "account",
      id: "U0MARA",
      kind: "person",
      handle: "mara",
      names: ["Mara", "Mara Lindqvist"],
      emails: ["mara@acme.example"],
    });
    expect(accounts.get("U0GONE")).toMatchObject({ kind: "person", names: ["Olda Timer"] });
    expect(accounts.get("U0DEPLOY")).toMatchObject({ kind: "bot" });
    expect(accounts.get("USLACKBOT")).toMatchObject({ kind: "bot" });
    expect(accounts.get("U0STRANGER")).toMatchObject({ kind: "person", handle: "sam", names: ["Sam Guest"] });
    expect(accounts.get("B0ALERT/Alerts")).toMatchObject({ kind: "bot", names: ["Alerts"] });
    expect(accounts.get("B0DEPLOY")).toMatchObject({ kind: "bot", names: ["Deploybot"] });
  });

  it("names the line that invites the app", () => {
    expect(run.gaps.find((gap) => gap.reason === "not in channel")?.hint).toBe("/invite @timeline in #general");
  });

  it("gives the same on another day", async () => {
    const later = await collectScenario(connector, { ...scenario, now: scenario.now + 86_400_000_000 });

    expect(canonicalJson(later.evidence)).toBe(canonicalJson(run.evidence));
  });
});
