import type { Draft, Entry, MilestoneName } from "../../../src/contract/draft.js";
import type { ExportInput } from "../../../src/contract/export.js";
import type { RichText } from "../../../src/contract/rich-text.js";
import { MILESTONES } from "../../../src/contract/draft.js";
import { fromIso } from "../../../src/kit/instant.js";
import { paragraph, plain } from "../../../src/kit/rich-text.js";

export const at = (text: string): number => fromIso(text)!;

export function entry(change: Partial<Entry> & Pick<Entry, "id" | "at">): Entry {
  return {
    aliases: [],
    endedAt: null,
    atMeans: "posted",
    precisionMicros: 1,
    sourceText: "1772623205.000100",
    phase: "detection",
    kind: "slack.message.posted",
    category: "conversation",
    text: plain("Checkout returns errors"),
    person: null,
    links: [{ label: "#inc-checkout", url: "https://acme.slack.example/archives/C1/p1772623205000100" }],
    evidence: [change.id],
    group: null,
    highlighted: true,
    because: ["an alert that fired"],
    score: 0.5,
    milestone: null,
    confidence: "fact",
    visibility: "public",
    scopeName: "#inc-checkout",
    deleted: false,
    ...change,
  };
}

const says = (person: string, text: string): RichText => [
  paragraph([
    { type: "role", person },
    { type: "text", text: `: ${text}` },
  ]),
];

const entries: readonly Entry[] = [
  entry({
    id: "github-pr:acme/shop#101",
    at: at("2026-03-03T17:42:10Z"),
    phase: "before",
    kind: "github.pull.merged",
    category: "change",
    atMeans: "merged",
    precisionMicros: 1_000_000,
    sourceText: "2026-03-03T17:42:10Z",
    person: "github:octavia",
    text: [
      paragraph([
        { type: "role", person: "github:octavia" },
        { type: "text", text: " merged: Cache prices for 10 * 60 s" },
      ]),
    ],
    links: [{ label: "acme/shop#101", url: "https://git.example/acme/shop/pull/101" }],
    scopeName: "acme/shop",
    group: "github-pr:acme/shop#101",
    score: 0.9,
  }),
  entry({
    id: "github-run:acme/shop/555/1",
    at: at("2026-03-04T10:58:00Z"),
    endedAt: at("2026-03-04T11:03:12Z"),
    phase: "before",
    kind: "github.run.completed",
    category: "change",
    atMeans: "started",
    precisionMicros: 1_000_000,
    text: plain("Deploy production succeeded"),
    links: [{ label: "run 555", url: "https://git.example/acme/shop/actions/runs/555" }],
    scopeName: "acme/shop",
    group: "github-pr:acme/shop#101",
    score: 0.8,
  }),
  entry({
    id: "datadog-metric:checkout.errors@2026-03-04T11:20:20Z",
    at: at("2026-03-04T11:20:20Z"),
    endedAt: at("2026-03-04T12:41:00Z"),
    kind: "datadog.metric.anomaly",
    category: "metric",
    atMeans: "began",
    precisionMicros: 20_000_000,
    text: plain("checkout.errors moved to another level"),
    links: [],
    scopeName: "checkout.errors",
    milestone: "impactStart",
    confidence: "inferred",
    score: 0.95,
  }),
  entry({
    id: "slack:C1:1772623450.000100",
    at: at("2026-03-04T11:24:10.000100Z"),
    person: "slack:U07OCTAVIA",
    milestone: "detected",
    text: says("slack:U07OCTAVIA", "I see 5xx on checkout since 11:20, TTL of the price cache looks wrong"),
  }),
  entry({
    id: "slack:C1:1772623450.500000",
    at: at("2026-03-04T11:24:10.500000Z"),
    phase: "diagnosis",
    person: "slack:U08BRUNO",
    visibility: "private",
    text: [
      paragraph([
        { type: "role", person: "slack:U08BRUNO" },
        { type: "text", text: ": two things\nsee below" },
      ]),
      { type: "code", text: 'curl -s https://shop.example/health\n\n{"ok": false}' },
      { type: "list", ordered: false, indent: 0, start: 1, items: [[{ type: "text", text: "cache" }], [{ type: "text", text: "- db?" }]] },
    ],
  }),
  entry({
    id: "slack:C2:1772623460.000200",
    at: at("2026-03-04T11:24:20.000200Z"),
    phase: "diagnosis",
    highlighted: false,
    score: 0.1,
    scopeName: "#shop-chat",
    links: [{ label: "#shop-chat", url: "https://acme.slack.example/archives/C2/p1772623460000200" }],
    text: plain("lunch?\n\nanyone"),
  }),
  entry({
    id: "slack:C1:1772628060.000300",
    at: at("2026-03-04T12:41:00.000300Z"),
    phase: "recovery",
    milestone: "resolved",
    person: "slack:U07OCTAVIA",
    text: says("slack:U07OCTAVIA", "all green again, resolving"),
  }),
];

const found: Partial<Record<MilestoneName, string>> = {
  impactStart: entries[2]!.id,
  detected: entries[3]!.id,
  resolved: entries[6]!.id,
};

export const draft: Draft = {
  incident: {
    id: "2026-03-04-checkout-errors",
    title: "Checkout errors",
    start: at("2026-03-04T11:20:00Z"),
    end: at("2026-03-04T13:05:00Z"),
  },
  window: {
    incidentStart: at("2026-03-04T11:20:00Z"),
    incidentEnd: at("2026-03-04T13:05:00Z"),
    from: at("2026-03-03T11:20:00Z"),
    until: at("2026-03-04T15:05:00Z"),
    spans: {
      change: { from: at("2026-03-03T11:20:00Z"), until: at("2026-03-04T15:05:00Z") },
      alert: { from: at("2026-03-04T09:20:00Z"), until: at("2026-03-04T15:05:00Z") },
      metric: { from: at("2026-03-04T05:20:00Z"), until: at("2026-03-04T15:05:00Z") },
      conversation: { from: at("2026-03-04T09:20:00Z"), until: at("2026-03-04T15:05:00Z") },
    },
    baselines: [{ from: at("2026-03-03T05:20:00Z"), until: at("2026-03-03T15:05:00Z") }],
    changeLookBack: { from: at("2026-02-24T11:20:00Z"), until: at("2026-03-03T11:20:00Z") },
  },
  entries,
  evidence: entries.map(({ id, kind, at, precisionMicros, sourceText, links, visibility }) => ({
    id,
    kind,
    times: [
      { meaning: "posted", at, precisionMicros, sourceText },
      { meaning: "edited", at: null, precisionMicros: 1, sourceText: "yesterday" },
    ],
    url: links[0]?.url ?? null,
    hash: "a".repeat(64),
    visibility,
    version: 1,
  })),
  series: [{ series: "checkout.errors", unit: "errors", stepSeconds: 20, points: 1755 }],
  milestones: Object.fromEntries(
    MILESTONES.map((name) => {
      const source = entries.find((each) => each.id === found[name]);
      if (source) return [name, { state: "found", at: source.at, entries: [source.id], because: "the first sign of it" }];
      return [name, { state: "missing", at: null, entries: [], because: "no message says so" }];
    }),
  ) as Draft["milestones"],
  borders: [
    { phase: "detection", from: at("2026-03-04T11:20:20Z") },
    { phase: "diagnosis", from: at("2026-03-04T11:24:10.500000Z") },
    { phase: "mitigation", from: at("2026-03-04T12:41:00.000300Z") },
    { phase: "recovery", from: at("2026-03-04T12:41:00.000300Z") },
    { phase: "after", from: at("2026-03-04T12:41:00.000300Z") },
  ],
  durations: [
    { name: "Time to detect", micros: 230_000_100, definition: "from impact start to detected" },
    { name: "Time to acknowledge", micros: null, definition: "from detected to acknowledged" },
  ],
  changes: [
    {
      id: "github-pr:acme/shop#101",
      items: ["github-pr:acme/shop#101", "github-run:acme/shop/555/1"],
      title: plain("Cache prices for 10 * 60 s"),
      revertedBy: [],
      entries: ["github-pr:acme/shop#101", "github-run:acme/shop/555/1"],
      score: 0.9,
      beforeImpactMicros: 1_028_000_000,
    },
  ],
  anomalies: [
    {
      id: "datadog-metric:checkout.errors@2026-03-04T11:20:20Z",
      entry: "datadog-metric:checkout.errors@2026-03-04T11:20:20Z",
      series: "checkout.errors",
      kind: "level_shift",
      onset: at("2026-03-04T11:20:20Z"),
      end: at("2026-03-04T12:41:00Z"),
      precisionMicros: 20_000_000,
      direction: "up",
      usual: 0.2,
      extreme: 14.52,
      factor: 72.6,
      score: 0.97,
      unit: "errors",
    },
  ],
  questions: [
    { entry: "slack:C1:1772623450.000100", text: "What was seen, and where?" },
    { entry: "slack:C1:1772623450.000100", text: "What else would have shown it?" },
    { entry: null, text: "What did customers notice?" },
  ],
  coverage: [
    line("slack", "messages", "C1", "#inc-checkout", 5, "complete"),
    line("slack", "messages", "C2", "#shop-chat", 0, "complete"),
    {
      ...line("slack", "messages", "C9", "#ops", 0, "not asked"),
      asked: null,
      gaps: [{ reason: "not in channel", span: null, count: null, detail: "The app has not joined.", hint: "/invite @timeline" }],
    },
    {
      ...line("github", "runs", "acme/shop", "acme/shop", 1, "partial"),
      gaps: [
        {
          reason: "truncated",
          span: { from: at("2026-03-04T11:20:00Z"), until: at("2026-03-04T12:20:00Z") },
          count: 7,
          detail: "The list ended early.",
          hint: null,
        },
      ],
    },
    line("datadog", "events", "env:prod", "env:prod", 0, "failed"),
  ],
  notes: ["Acknowledged was not found: diagnosis begins with detection."],
  people: [
    {
      key: "github:octavia",
      accounts: ["github:octavia", "slack:U07OCTAVIA"],
      firstSeen: at("2026-03-03T17:42:10Z"),
      function: "responder",
    },
    { key: "slack:U08BRUNO", accounts: ["slack:U08BRUNO"], firstSeen: at("2026-03-04T11:24:10.500000Z"), function: "responder" },
  ],
};

export const input: ExportInput = {
  draft,
  roles: { "github:octavia": "author A", "slack:U07OCTAVIA": "responder C", "slack:U08BRUNO": "responder B" },
  build: {
    at: at("2026-03-05T08:00:00.250Z"),
    version: "0.1.0",
    tookMs: 1234,
    calls: [{ connector: "slack", calls: 12, retries: 1, waitedMs: 1000, clockOffsetMs: -120 }],
    openUntil: false,
    checkedSince: [{ connector: "slack", source: "messages", scope: "C2", at: at("2026-03-05T07:00:00Z") }],
  },
  timezone: "UTC",
};

export function withEntries(...changed: readonly Entry[]): ExportInput {
  const evidence = changed.map((each) => ({ ...draft.evidence[0]!, id: each.id, kind: each.kind }));
  return { ...input, draft: { ...draft, entries: changed, evidence } };
}

function line(
  connector: string,
  source: string,
  scope: string,
  name: string,
  seen: number,
  state: Draft["coverage"][number]["state"],
): Draft["coverage"][number] {
  const asked = { from: at("2026-03-04T09:20:00Z"), until: at("2026-03-04T15:05:00Z") };
  return { connector, source, scope, name, asked, seen, state, gaps: [], visibility: "public" };
}
