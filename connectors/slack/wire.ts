import { retryAfterMs } from "../../src/kit/wire/retry-after.js";
import type { VendorPolicy } from "../../src/kit/wire/types.js";

/** Slack limits each method by itself; most outcomes are status 200. Source: "Rate limits", docs.slack.dev/apis/web-api/rate-limits. */
const TRY_LATER = new Set(["ratelimited", "rate_limited"]);
const BROKEN = new Set(["service_unavailable", "internal_error", "fatal_error", "request_timeout", "team_added_to_org"]);

/** Of these, apps that are distributed outside the Marketplace get one a minute. */
const LIMITED = new Set(["conversations.history", "conversations.replies"]);
/** By tier, "at least". */
const CALLS_A_MINUTE: ReadonlyMap<string, number> = new Map([
  ["conversations.history", 50],
  ["conversations.replies", 50],
  ["conversations.list", 20],
  ["users.list", 20],
]);

export const slackWire: VendorPolicy = {
  concurrency: 4,
  bucketOf: ({ url }) => (isUpload(url) ? "upload" : url.pathname.slice(url.pathname.lastIndexOf("/") + 1)),
  // Limits are per workspace and app, and differ by how the app is distributed: go on until told to wait.
  perMinute: () => null,
  allows: (method) => {
    const calls = CALLS_A_MINUTE.get(method);
    if (calls === undefined) return null;
    const elsewhere = LIMITED.has(method) ? ", one to apps from outside its Marketplace" : "";
    return `Slack allows ${calls} pages a minute${elsewhere}`;
  },
  answersPlainly: ({ url }) => isUpload(url),
  judge: ({ status, headers, json }, nowMs) => {
    if (status !== 200) return null;
    if (json === undefined) return null;
    if (typeof json !== "object" || json === null) return { kind: "broken", why: "the answer is no JSON" };
    const error = "ok" in json && json.ok === false && "error" in json ? json.error : null;
    if (typeof error !== "string") return { kind: "ok" };
    if (TRY_LATER.has(error)) return { kind: "wait", waitMs: retryAfterMs(headers.get("retry-after"), nowMs), why: "Slack asks to wait" };
    return BROKEN.has(error) ? { kind: "broken", why: `Slack answered ${error}` } : { kind: "ok" };
  },
};

/** Bytes go to an address of their own, which answers in plain text. Source: files.getUploadURLExternal. */
function isUpload(url: URL): boolean {
  return url.pathname.startsWith("/upload/");
}
