import type { VendorPolicy, WireAnswer, Verdict } from "../../src/kit/wire/types.js";

/**
 * How Datadog asks for patience. Limits are per organisation and per kind of request, and differ between plans: none
 * is assumed. A query that failed with status 200 is handed on: trying again would not help.
 * Source: "Rate limits", docs.datadoghq.com/api/latest/rate-limits.
 */
export const wire: VendorPolicy = {
  concurrency: 6,
  bucketOf: ({ url }) => {
    if (url.pathname.endsWith("/api/v1/query")) return "metric_query";
    return url.pathname.endsWith("/api/v2/events/search") ? "events_query" : "default";
  },
  perMinute: () => null,
  judge: (answer) => (answer.status === 429 ? patience(answer) : null),
};

/** `X-RateLimit-Reset` is the number of seconds to wait, not an instant. */
function patience(answer: WireAnswer): Verdict | null {
  const reset = answer.headers.get("x-ratelimit-reset") ?? "";
  if (!/^\d{1,6}$/.test(reset)) return null;
  return { kind: "wait", waitMs: Number(reset) * 1000, why: "Datadog's rate limit" };
}
