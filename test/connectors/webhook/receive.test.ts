import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Shape } from "../../../connectors/webhook/receive/config.js";
import { receiver } from "../../../connectors/webhook/receive/index.js";
import { Secret } from "../../../src/contract/secret.js";
import { instant } from "../../support/build-fixture.js";

const NOW = instant("2026-03-04T12:00:00Z");
const KEY = "bm90IGEgcmVhbCBzZWNyZXQgYXQgYWxs";
const SECRET = `whsec_${KEY}`;
const SECONDS = String(NOW / 1e6);
const bytes = (body: unknown) => (body instanceof Uint8Array ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body)));

type Headers = Record<string, string>;

/** Signed as the sender does, independent of the code that is tested. */
const sign: Record<Shape, (body: Uint8Array, more?: { id?: string; seconds?: string }) => Headers> = {
  generic: (body, { id = "msg_1", seconds = SECONDS } = {}) => {
    const signed = Buffer.concat([Buffer.from(`${id}.${seconds}.`), body]);
    const signature = createHmac("sha256", Buffer.from(KEY, "base64")).update(signed).digest("base64");
    return { "webhook-id": id, "webhook-timestamp": seconds, "webhook-signature": `v1,${signature}` };
  },
  "incident.io": (body, more) => sign.generic(body, more),
  pagerduty: (body) => ({ "x-pagerduty-signature": `v1=${createHmac("sha256", SECRET).update(body).digest("hex")}` }),
  datadog: () => ({ authorization: `Bearer ${SECRET}` }),
};

function receive(shape: Shape, body: unknown, headers?: Headers, name = "door") {
  const config = {
    receive: [{ name: "door", shape, secret: new Secret(SECRET), services: { PT4: "checkout", Checkout: "checkout", shop: "checkout" } }],
  };
  const raw = bytes(body);
  return receiver.receive({ name, headers: headers ?? sign[shape](raw), body: raw }, { config, now: NOW });
}

const GENERIC = {
  id: "inc-7",
  title: "Checkout errors",
  start: "2026-03-04T11:20:00Z",
  url: "https://acme.example/7",
  services: ["checkout"],
};
const PAGERDUTY = (event: object = {}, data: object = {}) => ({
  event: {
    id: "01DEN0V3",
    event_type: "incident.triggered",
    resource_type: "incident",
    occurred_at: "2026-03-04T11:21:00.123Z",
    data: {
      id: "PGR0VU2",
      type: "incident",
      html_url: "https://acme.pagerduty.com/incidents/PGR0VU2",
      status: "triggered",
      title: "A little bump\nin the road",
      created_at: "2026-03-04T11:20:30Z",
      service: { id: "PT4", summary: "API Service" },
      priority: { id: "P1", summary: "P1" },
      ...data,
    },
    ...event,
  },
});
const INCIDENT_IO = (type = "public_incident.incident_created_v2", more: object = {}) => ({
  event_type: type,
  [type]: {
    id: "01FDAG4SAP5TYPT98WGR2N7W91",
    reference: "INC-123",
    name: "Our database is sad",
    permalink: "https://app.incident.io/incidents/123",
    created_at: "2026-03-04T11:25:00Z",
    mode: "standard",
    visibility: "public",
    incident_status: { category: "live" },
    severity: { name: "Minor" },
    slack_channel_id: "C02AW36C1M5",
    incident_timestamp_values: [
      { incident_timestamp: { name: "Reported at" }, value: { value: "2026-03-04T11:24:00Z" } },
      { incident_timestamp: { name: "Impact started at" }, value: { value: "2026-03-04T11:20:00Z" } },
      null,
    ],
    ...more,
  },
});
const DATADOG = (more: object = {}) => ({
  event: "7654321",
  cycle: "9001",
  transition: "Triggered",
  date: String(NOW / 1000 - 60_000),
  title: "Checkout errors",
  priority: "P1",
  service: "shop",
  link: "https://app.datadoghq.com/monitors/1",
  ...more,
});
const BODIES: Record<Shape, unknown> = { generic: GENERIC, pagerduty: PAGERDUTY(), "incident.io": INCIDENT_IO(), datadog: DATADOG() };
const SHAPES = Object.keys(BODIES) as Shape[];

function reportOf(shape: Shape, body: unknown) {
  const received = receive(shape, body);
  if (received.kind !== "accepted") throw new Error(received.reason);
  return received.reports[0];
}

describe("a request of the shape", () => {
  it("generic is an incident file", () => {
    expect(receive("generic", GENERIC)).toEqual({
      kind: "accepted",
      delivery: "msg_1",
      reports: [
        {
          key: "webhook:door/inc-7",
          id: "inc-7",
          name: "inc-7",
          title: "Checkout errors",
          start: instant("2026-03-04T11:20:00Z"),
          end: null,
          severity: null,
          url: "https://acme.example/7",
          visibility: "public",
          also: {},
          wishes: { services: ["checkout"], only: {}, destinations: null },
          marks: ["webhook:door/inc-7", "id:inc-7", "url:https://acme.example/7"],
        },
      ],
    });
  });

  it("PagerDuty's is followed to its end, and its services are those that the section maps", () => {
    expect(receive("pagerduty", PAGERDUTY())).toMatchObject({ kind: "accepted", delivery: "01DEN0V3" });
    expect(reportOf("pagerduty", PAGERDUTY())).toMatchObject({
      key: "webhook:door/PGR0VU2",
      name: "door-PGR0VU2",
      title: "A little bump in the road",
      start: instant("2026-03-04T11:20:30Z"),
      end: null,
      severity: "P1",
      wishes: { services: ["checkout"] },
    });
    expect(reportOf("pagerduty", PAGERDUTY({ event_type: "incident.resolved" }, { status: "resolved" }))?.end).toBe(
      instant("2026-03-04T11:21:00.123Z"),
    );
    // What is changed afterwards does not say when it was over.
    expect(reportOf("pagerduty", PAGERDUTY({ event_type: "incident.priority_updated" }, { status: "resolved" }))).toBeUndefined();
    expect(reportOf("pagerduty", PAGERDUTY({ event_type: "pagey.ping", data: { type: "ping" } }))).toBeUndefined();
  });

  it("incident.io's begins with the impact, and ends as its timestamps or its status say", () => {
    expect(reportOf("incident.io", INCIDENT_IO())).toMatchObject({
      key: "webhook:door/INC-123",
      start: instant("2026-03-04T11:20:00Z"),
      end: null,
      severity: "Minor",
      marks: ["webhook:door/INC-123", "slack:C02AW36C1M5", "url:https://app.incident.io/incidents/123"],
    });
    const over = { incident_status: { category: "closed" } };
    const resolved = {
      incident_timestamp_values: [{ incident_timestamp: { name: "Resolved at" }, value: { value: "2026-03-04T11:50:00Z" } }],
    };
    const status = "public_incident.incident_status_updated_v2";
    const nested = {
      event_type: status,
      [status]: { incident: { ...(INCIDENT_IO()["public_incident.incident_created_v2"] as object), ...over } },
    };

    expect(reportOf("incident.io", INCIDENT_IO(undefined, { ...over, ...resolved }))?.end).toBe(instant("2026-03-04T11:50:00Z"));
    expect(reportOf("incident.io", nested)?.end).toBe(NOW);
    expect(reportOf("incident.io", INCIDENT_IO(undefined, over))).toBeUndefined();
    expect(reportOf("incident.io", INCIDENT_IO(undefined, { mode: "test" }))).toBeUndefined();
    expect(
      reportOf("incident.io", { event_type: "private_incident.incident_created_v2", "private_incident.incident_created_v2": { id: "x" } }),
    ).toBeUndefined();
  });

  it("Datadog's begins with an alert and ends with its recovery", () => {
    expect(reportOf("datadog", DATADOG())).toMatchObject({
      key: "webhook:door/9001",
      start: NOW - 60_000_000,
      end: null,
      severity: "P1",
      wishes: { services: ["checkout"] },
    });
    expect(reportOf("datadog", DATADOG({ transition: "Recovered" }))).toMatchObject({
      key: "webhook:door/9001",
      end: NOW - 60_000_000,
      startIsUnknown: true,
    });
    expect(reportOf("datadog", DATADOG({ transition: "Renotify" }))).toBeUndefined();
    expect(receive("datadog", DATADOG())).not.toMatchObject({
      delivery: (receive("datadog", DATADOG({ transition: "Recovered" })) as { delivery: string }).delivery,
    });
  });
});

describe.each(SHAPES)("a request of the shape %s is refused", (shape) => {
  const body = bytes(BODIES[shape]);
  const right = sign[shape](body);
  const [header] = Object.keys(right).slice(-1) as [string];

  it.each<[string, Headers]>([
    ["unsigned", {}],
    ["with an empty signature", { ...right, [header]: "" }],
    ["with one that is longer", { ...right, [header]: `${right[header]!}A` }],
    ["with one that is shorter", { ...right, [header]: right[header]!.slice(0, -1) }],
    ["with the secret itself", { ...right, [header]: SECRET }],
    ["with many wrong ones", { ...right, [header]: "v1,AAAA ".repeat(10_000) }],
  ])("%s", (_, headers) => {
    expect(receive(shape, body, headers)).toMatchObject({ kind: "refused", status: 401 });
  });

  it.each<[string, unknown, number]>([
    ["random bytes", new Uint8Array([0xff, 0x00, 0xfe]), 400],
    ["no JSON", "{", 400],
    ["another shape", { hello: "world" }, 400],
    ["a list", [], 400],
    ["null", "null", 400],
    ["depth", `${"[".repeat(50_000)}${"]".repeat(50_000)}`, 400],
    ["a prototype", '{"__proto__":{"polluted":true}}', 400],
    ["10 MB", new Uint8Array(10 * 1024 * 1024), 413],
  ])("though it is signed, with a body of %s", (_, hostile, status) => {
    expect(receive(shape, hostile)).toMatchObject({ kind: "refused", status });
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  it("for a body that was changed, where bodies are signed", () => {
    if (shape === "datadog") return expect(receive(shape, `${body.toString()} `, right).kind).toBe("accepted");
    expect(receive(shape, `${body.toString()} `, right)).toMatchObject({ status: 401 });
  });

  it("under another name", () => {
    expect(receive(shape, body, right, "other")).toMatchObject({ status: 404 });
  });
});

describe("time", () => {
  it.each(["generic", "incident.io"] as const)("of %s is signed, and counts for five minutes either way", (shape) => {
    const body = bytes(BODIES[shape]);
    const at = (seconds: number) => receive(shape, body, sign[shape](body, { seconds: String(NOW / 1e6 + seconds) })).kind;

    expect([-301, -300, 0, 300, 301].map(at)).toEqual(["refused", "accepted", "accepted", "accepted", "refused"]);
    expect(receive(shape, body, { ...sign[shape](body), "webhook-timestamp": String(NOW / 1e6 + 1) })).toMatchObject({ status: 401 });
  });

  it("of PagerDuty and Datadog stands in the body, and counts for as long as deliveries are remembered", () => {
    expect(receive("pagerduty", PAGERDUTY({ occurred_at: "2026-02-20T00:00:00Z" }))).toMatchObject({ status: 401 });
    expect(receive("datadog", DATADOG({ date: "1700000000000" }))).toMatchObject({ status: 401 });
  });

  it("of a rotation has two signatures, of which one is ours", () => {
    const body = bytes(GENERIC);
    const headers = sign.generic(body);

    expect(receive("generic", body, { ...headers, "webhook-signature": `v1,AAAA ${headers["webhook-signature"]!}` }).kind).toBe("accepted");
  });
});

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 500);

it(`survives ${RUNS} bodies of any bytes and any JSON, signed or not`, () => {
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 2000 }),
    fc.json().map((text) => Buffer.from(text)),
    fc
      .tuple(fc.constantFrom(...SHAPES), fc.string(), fc.jsonValue())
      .map(([shape, key, value]) => bytes({ ...(BODIES[shape] as object), [key]: value })),
  );
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.constantFrom(...SHAPES), body, fc.boolean(), (shape, raw, isSigned) => {
      const received = receive(
        shape,
        raw,
        isSigned ? undefined : { "webhook-id": "x", "webhook-timestamp": "1", "webhook-signature": "v1,x" },
      );
      seen.add(received.kind);
      expect(isSigned || received.kind === "refused").toBe(true);
    }),
    { numRuns: RUNS },
  );
  expect(seen).toContain("refused");
}, 120_000);
