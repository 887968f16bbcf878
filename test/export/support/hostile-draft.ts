import type { ExportInput } from "../../../src/contract/export.js";
import type { RichText } from "../../../src/contract/rich-text.js";
import { paragraph } from "../../../src/kit/rich-text.js";
import { at, draft, entry, input } from "./sample-draft.js";

export const ONSET = at("2026-03-04T11:20:20Z");
const MINUTE = 60_000_000;

/** The sample draft with the points of its finding. */
export const drawn: ExportInput = {
  ...input,
  series: [
    {
      series: "checkout.errors",
      unit: "errors",
      stepSeconds: 60,
      times: [-3, -2, -1, 0, 1, 2].map((minute) => ONSET + minute * MINUTE),
      values: [1, null, 1, 14, 12, 13],
      baseline: [
        { lower: 0, upper: 2 },
        null,
        { lower: 0, upper: 2 },
        { lower: 0, upper: 2 },
        { lower: 1, upper: 2 },
        { lower: 1, upper: 2 },
      ],
    },
  ],
};

/** What a person, or a program, may write where we show text. Each calls `alert` if it is ever run. */
export const PAYLOADS = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  "` onfocus=`alert(1)",
  "</style><script>alert(1)</script>",
  "</title><script>alert(1)</script>",
  "--><script>alert(1)</script><!--",
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "&lt;script&gt;",
  "<a href=javascript:alert(1)>x</a>",
  "]]><script>alert(1)</script>",
  "<iframe srcdoc='<script>alert(1)</script>'>",
  "<details open ontoggle=alert(1)>",
  "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
  "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
  "\u003cimg src=x onerror=alert(1)\u003e",
  "java\tscript:alert(1)",
];

/** `text` in every field that an evidence source, a config or a person can fill. */
export function filledWith(text: string): ExportInput {
  const body: RichText = [
    paragraph([
      { type: "text", text, style: { bold: true, code: true } },
      { type: "link", url: text, text },
      { type: "role", person: "p" },
    ]),
    { type: "code", text },
    { type: "quote", inlines: [{ type: "text", text }] },
    { type: "list", ordered: true, indent: 2, start: 3, items: [[{ type: "text", text }]] },
  ];
  const hostile = entry({
    id: text,
    at: ONSET,
    text: body,
    person: "p",
    kind: text,
    category: text,
    atMeans: text,
    scopeName: text,
    sourceText: text,
    because: [text],
    links: [{ label: text, url: text }],
  });
  return {
    ...drawn,
    roles: { p: text },
    timezone: "UTC",
    build: { ...input.build, version: text, checkedSince: [{ connector: text, source: text, scope: text, at: ONSET }] },
    series: [{ ...drawn.series![0]!, series: text, unit: text }],
    draft: {
      ...draft,
      incident: { ...draft.incident, id: text, title: text },
      entries: [hostile, { ...hostile, id: `${text}2`, highlighted: false, links: [] }],
      milestones: { ...draft.milestones, detected: { state: "found", at: ONSET, entries: [text], because: text } },
      durations: [{ name: text, micros: 1, definition: text }],
      changes: [{ ...draft.changes[0]!, title: body, entries: [text] }],
      anomalies: [{ ...draft.anomalies[0]!, series: text, unit: text }],
      questions: [{ entry: text, text }],
      coverage: draft.coverage.map((each) => ({
        ...each,
        connector: text,
        source: text,
        name: text,
        gaps: [{ reason: "malformed" as const, span: null, count: 1, detail: text, hint: text }],
      })),
      notes: [text],
    },
  };
}
