import { describe, expect, it } from "vitest";
import { judgeAnswer, serverNowMs } from "../../../src/kit/wire/judge-answer.js";
import type { VendorPolicy, Verdict, WireAnswer } from "../../../src/kit/wire/types.js";

const NOW = Date.UTC(2026, 2, 4, 12);

const policyOf = (judge: VendorPolicy["judge"]): VendorPolicy => ({ concurrency: 1, bucketOf: () => "all", perMinute: () => null, judge });
const silent = policyOf(() => null);
const GET = { method: "GET", url: new URL("https://acme.example/x") };
function answer(...[status, json, headers]: [number, unknown?, Record<string, string>?]): WireAnswer {
  return { status, json, headers: new Headers(headers) };
}

describe("judgeAnswer", () => {
  it.each<[string, string, WireAnswer, Verdict["kind"]]>([
    ["200 with JSON", "GET", answer(200, {}), "ok"],
    ["200 with null", "GET", answer(200, null), "ok"],
    ["200 without JSON", "GET", answer(200, undefined), "broken"],
    ["204 to a POST", "POST", answer(204, undefined), "broken"],
    ["204 to a DELETE", "DELETE", answer(204, undefined), "ok"],
    ["200 to a HEAD", "HEAD", answer(200, undefined), "ok"],
    ["304", "GET", answer(304, undefined), "ok"],
    ["404 in HTML", "GET", answer(404, undefined), "ok"],
    ["403", "GET", answer(403, {}), "ok"],
    ["408", "GET", answer(408, {}), "broken"],
    ["500", "GET", answer(500, {}), "broken"],
    ["529", "GET", answer(529, {}), "broken"],
    ["429", "GET", answer(429, {}), "wait"],
    ["503 with Retry-After", "GET", answer(503, {}, { "retry-after": "3" }), "wait"],
    ["503 with an unreadable one", "GET", answer(503, {}, { "retry-after": "soon" }), "broken"],
  ])("%s is by the wire's own rule", (_name, method, given, kind) => {
    expect(judgeAnswer(silent, { ...GET, method }, given, NOW).kind).toBe(kind);
  });

  it("takes the vendor's word before its own", () => {
    const patient = policyOf(() => ({ kind: "wait", waitMs: 60_000, why: "secondary limit" }));
    const content = policyOf(() => ({ kind: "ok" }));

    expect(judgeAnswer(patient, GET, answer(403, {}), NOW)).toEqual({ kind: "wait", waitMs: 60_000, why: "secondary limit" });
    expect(judgeAnswer(content, GET, answer(500, {}), NOW)).toEqual({ kind: "ok" });
  });

  it("does not take the vendor's word for a page of success that is no JSON", () => {
    const content = policyOf(() => ({ kind: "ok" }));

    expect(judgeAnswer(content, GET, answer(200, undefined), NOW).kind).toBe("broken");
  });

  it("takes plain text for an answer where the vendor says so", () => {
    const plain = { ...silent, answersPlainly: ({ url }: { url: URL }) => url.pathname === "/x" };

    expect(judgeAnswer(plain, { ...GET, method: "POST" }, answer(200, undefined), NOW).kind).toBe("ok");
    expect(judgeAnswer(plain, { ...GET, url: new URL("https://acme.example/y") }, answer(200, undefined), NOW).kind).toBe("broken");
  });

  it("reads Retry-After where the vendor's rule names no time", () => {
    const patient = policyOf(() => ({ kind: "wait", waitMs: null, why: "ratelimited" }));

    expect(judgeAnswer(patient, GET, answer(200, {}, { "retry-after": "7" }), NOW)).toMatchObject({ waitMs: 7000 });
    expect(judgeAnswer(patient, GET, answer(200, {}), NOW)).toMatchObject({ waitMs: null });
  });

  it("tells a policy the server's time, else ours", () => {
    const times: number[] = [];
    const listening = policyOf((_answer, nowMs) => {
      times.push(nowMs);
      return null;
    });

    judgeAnswer(listening, GET, answer(200, {}, { date: "Fri, 06 Mar 2026 08:49:37 GMT" }), NOW);
    judgeAnswer(listening, GET, answer(200, {}, { date: "yesterday" }), NOW);
    judgeAnswer(listening, GET, answer(200, {}), NOW);

    expect(times).toEqual([Date.UTC(2026, 2, 6, 8, 49, 37), NOW, NOW]);
  });
});

describe("serverNowMs", () => {
  it("is null where no date was sent", () => {
    expect(serverNowMs(new Headers(), NOW)).toBeNull();
  });
});
