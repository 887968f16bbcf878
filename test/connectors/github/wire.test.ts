import { describe, expect, it } from "vitest";
import { wire } from "../../../connectors/github/wire.js";

const now = Date.UTC(2026, 2, 4, 10, 0, 0);
const secondary = { message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again" };

function judge(status: number, headers: Record<string, string>, json: unknown = {}) {
  return wire.judge({ status, headers: new Headers(headers), json }, now);
}

describe("GitHub's ways to ask for patience", () => {
  const reset = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(now / 1000 + 90) };
  const cases: [name: string, verdict: ReturnType<typeof judge>, kind: string | null, waitMs?: number][] = [
    ["403 with nothing remaining", judge(403, reset, { message: "API rate limit exceeded" }), "wait", 91_000],
    ["429 with nothing remaining", judge(429, reset), "wait", 91_000],
    ["a reset in the past", judge(403, { ...reset, "x-ratelimit-reset": String(now / 1000 - 50) }), "wait", 0],
    ["secondary with retry-after", judge(403, { "retry-after": "8", "x-ratelimit-remaining": "4000" }, secondary), "wait", 8000],
    ["secondary with a date", judge(429, { "retry-after": "Wed, 04 Mar 2026 10:00:20 GMT" }, secondary), "wait", 20_000],
    ["secondary without a time", judge(403, { "x-ratelimit-remaining": "4000" }, secondary), "wait", 60_000],
    ["secondary with an unreadable time", judge(429, { "retry-after": "1.5" }, secondary), "wait", 60_000],
    ["abuse detection", judge(403, {}, { message: "You have triggered an abuse detection mechanism." }), "wait", 60_000],
    ["a plain 403", judge(403, {}, { message: "Resource not accessible by integration" }), "ok"],
    ["a 403 whose reset is unreadable", judge(403, { ...reset, "x-ratelimit-reset": "soon" }), "ok"],
    ["a 429 that says nothing", judge(429, {}, null), null],
    ["GraphQL: limited", judge(200, reset, { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] }), "wait", 91_000],
    ["GraphQL: limited, no time", judge(200, {}, { errors: [{ type: "RATE_LIMITED" }] }), "wait", 60_000],
    ["GraphQL: secondary", judge(200, {}, { errors: [{ message: secondary.message }] }), "wait", 60_000],
    [
      "GraphQL: gave up",
      judge(200, {}, { errors: [{ message: "Something went wrong while executing your query. Please include" }] }),
      "broken",
    ],
    ["GraphQL: not found", judge(200, {}, { data: { repository: null }, errors: [{ type: "NOT_FOUND" }] }), null],
    ["a list", judge(200, { "x-ratelimit-remaining": "0" }, [{ message: "secondary rate limit" }]), null],
    ["502", judge(502, {}, undefined), null],
  ];
  it.each(cases)("%s", (_name, verdict, kind, waitMs) => {
    expect(verdict?.kind ?? null).toBe(kind);
    if (verdict?.kind === "wait") expect(verdict.waitMs).toBe(waitMs);
  });

  it.each([
    ["https://api.github.com/graphql", "graphql", null],
    ["https://ghe.acme.example/api/graphql", "graphql", null],
    ["https://api.github.com/search/issues", "search", 30],
    ["https://api.github.com/repos/acme/shop/actions/runs", "core", 900],
  ])("%s", (url, bucket, perMinute) => {
    expect(wire.bucketOf({ method: "GET", url: new URL(url) })).toBe(bucket);
    expect(wire.perMinute(bucket)).toBe(perMinute);
  });
});
