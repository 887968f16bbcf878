import { describe, expect, it } from "vitest";
import { excerptOf, failureCode, placeOf } from "../../../src/kit/wire/describe.js";
import { isLoopback, redirectTarget, refusalOf } from "../../../src/kit/wire/hosts.js";
import { readJson } from "../../../src/kit/wire/json-body.js";
import { createPace } from "../../../src/kit/wire/pace.js";
import { createRecorder } from "../../../src/kit/wire/record.js";
import { WireError } from "../../../src/kit/wire/types.js";
import { wireErrorOf } from "../../../src/kit/wire/wire-error-of.js";
import { virtualClock } from "../../support/virtual-clock.js";

describe("refusalOf", () => {
  const bases = ["https://slack.com/api/", "http://127.0.0.1:8080/github", "http://acme.example", "not a url"];

  it.each([
    ["https://slack.com/api/auth.test", true],
    ["https://slack.com:443/other", true],
    ["http://127.0.0.1:8080/github/repos", true],
    ["http://127.0.0.1:8081/github/repos", false],
    ["https://127.0.0.1:8080/", false],
    ["http://slack.com/api/", false],
    ["http://acme.example/", false],
    ["https://evil.example/", false],
    ["https://slack.com.evil.example/", false],
    ["https://user:pass@slack.com/", false],
    ["ftp://slack.com/", false],
    ["file:///etc/passwd", false],
    ["http://169.254.169.254/latest/meta-data/", false],
  ])("%s: sent is %s", (url, isSent) => {
    expect(refusalOf(new URL(url), bases) === null).toBe(isSent);
  });
});

describe("isLoopback", () => {
  it.each([
    ["http://localhost", true],
    ["http://127.0.0.1", true],
    ["http://127.1", true],
    ["http://2130706433", true],
    ["http://[::1]", true],
    ["http://[0:0:0:0:0:0:0:1]", true],
    ["http://127.0.0.1.evil.example", false],
    ["http://localhost.evil.example", false],
    ["http://0.0.0.0", false],
    ["http://10.0.0.1", false],
  ])("%s: %s", (url, expected) => {
    expect(isLoopback(new URL(url).hostname)).toBe(expected);
  });
});

describe("redirectTarget", () => {
  const from = new URL("https://api.acme.example/old?page=1");

  it.each([
    ["GET", 301, "/new", "https://api.acme.example/new"],
    ["GET", 308, "https://api.acme.example/new?x=1", "https://api.acme.example/new?x=1"],
    ["GET", 303, "/new", null],
    ["POST", 307, "/new", null],
    ["GET", 302, null, null],
    ["GET", 302, "https://evil.example/", null],
    ["GET", 302, "//evil.example/", null],
    ["GET", 302, "http://api.acme.example/new", null],
    ["GET", 302, "https://api.acme.example:8443/new", null],
    ["GET", 302, "https://user:pass@api.acme.example/new", null],
    ["GET", 302, "https://[bad", null],
  ])("%s %d to %s leads to %s", (method, status, location, target) => {
    expect(redirectTarget(method, from, status, location)?.href ?? null).toBe(target);
  });
});

describe("placeOf", () => {
  it("has host and path and no query", () => {
    expect(placeOf("GET", new URL("https://api.acme.example/a/b?token=x#y"))).toBe("GET api.acme.example/a/b");
    expect(placeOf("GET", new URL(`https://acme.example/${"a".repeat(500)}`)).length).toBeLessThan(200);
  });
});

describe("excerptOf", () => {
  it.each([
    ["<!doctype html>\n  <title>Sign in</title>", "<!doctype html> <title>Sign in</title>"],
    ["a\u0000b\u001b[31m", "a\\x00b\\x1b[31m"],
    ["", ""],
    ["x y ".repeat(100), `${"x y ".repeat(100).slice(0, 77)}…`],
    ["error: xoxb-123", "error: …"],
    ["invalid GHP_abc", "invalid …"],
    ["Bearer abc", "…"],
    [`see /x?token=abc`, "see /x?…"],
    [`{"password" : "abc"`, '{"…'],
    [`id ${"0123456789abcdef".repeat(2)}`, "id …"],
  ])("%j is shown as %j", (text, expected) => {
    expect(excerptOf(text)).toBe(expected);
  });

  it("is fast on text made to be slow", () => {
    expect(excerptOf("token ".repeat(200_000)).length).toBeLessThanOrEqual(81);
  });
});

describe("failureCode", () => {
  it("is the first code in the causes, else the name", () => {
    const coded = Object.assign(new Error("secret"), { code: "ECONNRESET" });

    expect(failureCode(new TypeError("fetch failed", { cause: new Error("other", { cause: coded }) }))).toBe("ECONNRESET");
    expect(failureCode(new TypeError("terminated"))).toBe("TypeError");
    expect(failureCode("secret")).toBe("unknown");
  });
});

describe("readJson", () => {
  const read = (text: string) => readJson(new TextEncoder().encode(text), 4);

  it.each([
    ['{"a":[1]}', { kind: "json", value: { a: [1] } }],
    ["\ufeff [] ", { kind: "json", value: [] }],
    ["[[[[]]]]", { kind: "json", value: [[[[]]]] }],
    ["[[[[[]]]]]", { kind: "too deep" }],
    ['{"a":{"b":{"c":{"d":{}}}}}', { kind: "too deep" }],
    ['["[[[[[[","{{{{{{\\"[[[[[["]', { kind: "json", value: ["[[[[[[", '{{{{{{"[[[[[['] }],
    ['["\\\\",[[[]]],[[[]]],[[[]]]]', { kind: "json", value: ["\\", [[[]]], [[[]]], [[[]]]] }],
    ["<p>[[[[[[", { kind: "other" }],
    ["", { kind: "other" }],
    [")]}'\n{}", { kind: "other" }],
    ['{"x":NaN}', { kind: "other" }],
    ["{} {}", { kind: "other" }],
    ["12", { kind: "json", value: 12 }],
  ])("%j", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it("gives a hostile key no power", () => {
    const content = read('{"__proto__":{"polluted":1}}');

    expect(content.kind).toBe("json");
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe("createPace", () => {
  it("allows so many in any minute", () => {
    const pace = createPace(2);
    const waits: number[] = [];
    for (const second of [0, 10, 20, 60, 61]) {
      const ms = pace.waitMs(second * 1e6);
      waits.push(ms);
      if (ms === 0) pace.started(second * 1e6);
    }

    expect(waits).toEqual([0, 0, 40_000, 0, 9000]);
  });

  it("waits a minute at the most when our clock is set back", () => {
    const pace = createPace(1);
    pace.started(Date.UTC(2026, 0, 2) * 1000);

    expect(pace.waitMs(Date.UTC(2026, 0, 1) * 1000)).toBe(60_000);
  });

  it("without a number never waits", () => {
    const pace = createPace(null);
    pace.started(0);

    expect(pace.waitMs(0)).toBe(0);
  });
});

describe("createRecorder", () => {
  it("tells the offset of the source's clock by the middle of its samples", () => {
    const clock = virtualClock(Date.UTC(2026, 2, 4, 12, 0, 0, 500) * 1000);
    const recorder = createRecorder("acme", clock);
    for (const date of ["Wed, 04 Mar 2026 12:07:00 GMT", "Wed, 04 Mar 2026 12:07:01 GMT", "Wed, 04 Mar 2030 12:00:00 GMT", "today"])
      recorder.sent(false)(new Headers({ date }));

    expect(recorder.record()).toEqual({ connector: "acme", calls: 4, retries: 0, waitedMs: 0, clockOffsetMs: 421_000 });
  });

  it("does not know it without a date", () => {
    const recorder = createRecorder("acme", virtualClock(0));
    recorder.sent(true)(new Headers());

    expect(recorder.record()).toMatchObject({ calls: 1, retries: 1, clockOffsetMs: null });
  });
});

describe("wireErrorOf", () => {
  const wireError = new WireError("GET acme.example/x: no usable answer", "unavailable");

  it("finds it wherever the clients put it", () => {
    const slackLike = Object.assign(new Error("request failed"), { original: wireError });

    expect(wireErrorOf(wireError)).toBe(wireError);
    expect(wireErrorOf(new Error("a", { cause: slackLike }))).toBe(wireError);
  });

  it("is null for anything else, also for a chain in a ring", () => {
    const ring = new Error("ring");
    ring.cause = ring;

    for (const other of [null, undefined, "text", new Error("plain"), ring]) expect(wireErrorOf(other)).toBeNull();
  });
});
