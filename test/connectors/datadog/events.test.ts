import { describe, expect, it } from "vitest";
import { kindOf, withoutMarks } from "../../../connectors/datadog/event-kind.js";
import { mentionsIn } from "../../../connectors/datadog/mentions.js";
import { EventRecord } from "../../../connectors/datadog/records.js";
import { toEvidence } from "../../../connectors/datadog/to-evidence.js";
import { toPlain } from "../../../src/kit/rich-text.js";
import { event, monitorEvent } from "./answers.js";

const read = (raw: unknown) => EventRecord.parse(raw);
const evidenceOf = (raw: unknown) => toEvidence(read(raw), "*", { site: "us5.datadoghq.com" })!;

describe("kindOf", () => {
  it.each<[object, string, string]>([
    [{ transition_type: "alert", source_state: "OK", destination_state: "Alert" }, "error", "triggered"],
    [{ transition_type: "alert", source_state: "Alert", destination_state: "Alert" }, "error", "renotified"],
    [{ transition_type: "alert recovery", source_state: "Alert", destination_state: "OK" }, "ok", "recovered"],
    [{ transition_type: "warn" }, "warn", "warned"],
    [{ transition_type: "no data" }, "warn", "no data"],
    [{ trans_name: "Triggered", trans_type: "alert" }, "error", "triggered"],
    [{ trans_name: "Re-Triggered", trans_type: "alert" }, "error", "renotified"],
    [{ trans_name: "Recovered", trans_type: "alert recovery" }, "ok", "recovered"],
    [{ trans_name: "Warn", trans_type: "warning" }, "warn", "warned"],
  ])("reads the transition %j", (transition, status, expected) => {
    expect(kindOf(read(monitorEvent({ status, transition, title: "x" }))).signals.transition).toBe(expected);
  });

  it.each([
    ["[Triggered] CPU", "info", "triggered"],
    ["[P1] [Re-Triggered on {host:a}] CPU", "error", "renotified"],
    ["[No data] CPU", "info", "no data"],
    ["CPU", "error", "triggered"],
    ["CPU", "success", "recovered"],
    ["CPU", "info", undefined],
  ])("without one, reads %s with status %s", (title, status, expected) => {
    expect(kindOf(read(monitorEvent({ status, title }))).signals.transition).toBe(expected);
  });

  it.each<[object, string, object]>([
    [{ title: "Deployed shop 4.6 to production" }, "datadog.deployment.reported", { deploys: true, outcome: "success" }],
    [
      { title: "Rollout", tags: ["event_type:deployment"], inner: { status: "error" } },
      "datadog.deployment.reported",
      { outcome: "failure" },
    ],
    [{ title: "Deployed flag", inner: { evt: { category: "change" } } }, "datadog.change.reported", {}],
    [{ title: "Feature flag tooltip set to 55%" }, "datadog.change.reported", { automated: true }],
    [{ title: "Node drained", tags: ["event_type:ops"] }, "datadog.event.posted", { severity: "info" }],
  ])("takes %j for a %s", (fields, kind, signals) => {
    const found = kindOf(read(event(fields)));
    expect(found.kind).toBe(kind);
    expect(found.signals).toMatchObject(signals);
  });

  it.each([
    ["[Triggered] [basket] p95 above SLO", "[basket] p95 above SLO"],
    ["[P2] [Warn on {host:a}] CPU", "CPU"],
    ["[basket] p95", "[basket] p95"],
    ["[Recovered", "[Recovered"],
  ])("cuts the marks off %s", (title, expected) => {
    expect(withoutMarks(title)).toBe(expected);
  });
});

describe("toEvidence", () => {
  it("keeps every time with its meaning, its own text and its precision", () => {
    const { times } = evidenceOf(monitorEvent({ status: "error", at: "2026-03-04T11:20:00.250Z", outer: "2026-03-04T12:20:00+01:00" }));
    expect(times).toEqual([
      { meaning: "happened", at: 1772623200250000, precisionMicros: 1000, sourceText: "1772623200250" },
      { meaning: "received", at: 1772623200000000, precisionMicros: 1_000_000, sourceText: "2026-03-04T12:20:00+01:00" },
      { meaning: "evaluated", at: 1772623197000000, precisionMicros: 1_000_000, sourceText: "1772623197" },
    ]);
  });

  it("names a monitor without its marks, with its groups, and shows the message without fences", () => {
    const evidence = evidenceOf(
      monitorEvent({
        status: "error",
        title: "[Triggered] Error rate",
        groups: ["service:pay", "host:*"],
        message: "%%%\nToo many\n\n@slack-ops\n%%%",
      }),
    );
    expect(evidence.title).toBe("Error rate (service:pay, host:*)");
    expect(toPlain(evidence.body)).toBe("Too many\n@slack-ops");
    expect(evidence.url).toBe("https://us5.datadoghq.com/event/event?id=6347850518253279022");
  });

  it("joins on the monitor, on tags each once, and on what the text names", () => {
    const { refs } = evidenceOf(
      monitorEvent({
        status: "error",
        tags: ["service:pay", "service:pay", "git.commit.sha:9F8E7D6C5B4A", "host:a"],
        message: "see https://github.com/Acme/Shop/pull/12 and 9f8e7d6c5b4a",
      }),
    );
    expect(refs.map(({ type, id, relation }) => `${relation} ${type} ${id}`)).toEqual([
      "of monitor datadog:4711",
      "of sha 9f8e7d6c5b4a",
      "of tag service:pay",
      "mentions pull acme/shop#12",
    ]);
  });

  it("has no place for a record without a readable time", () => {
    expect(toEvidence(read(event({ at: null, outer: "yesterday" })), "*", { site: "datadoghq.com" })).toBeNull();
  });

  it("keeps ids of 64 bits as text, and drops those that a number has spoilt", () => {
    const spoilt = JSON.parse('{"id":6327818702635911562}') as { id: number };
    expect(evidenceOf(event({})).payload["eventId"]).toBe("8407723285051133019");
    expect(evidenceOf(event({ inner: { evt: spoilt } })).payload["eventId"]).toBeUndefined();
  });
});

it("finds pull requests and commits, and no numbers or words", () => {
  const found = mentionsIn("acme/shop#7, (a1b2c3d) 20260304 defaced 1234567 x-a1b2c3d http://h/acme/shop/pull/7");
  expect(found.map(({ type, id }) => `${type} ${id}`)).toEqual(["pull acme/shop#7", "sha a1b2c3d"]);
});
