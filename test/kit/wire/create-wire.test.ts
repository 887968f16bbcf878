import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createWire } from "../../../src/kit/wire/create-wire.js";
import { WireError, type VendorPolicy, type WireFetch, type WireOptions, type WireWait } from "../../../src/kit/wire/types.js";
import {
  cutChunked,
  drip,
  faultServer,
  gzipBomb,
  hang,
  html,
  json,
  raw,
  reset,
  shortBody,
  text,
  type FaultServer,
  type Step,
} from "../../support/fault-server.js";
import { virtualClock } from "../../support/virtual-clock.js";

const START = Date.UTC(2026, 2, 4, 12) * 1000;
const PAGE = { ok: true, items: [1, 2, 3] };

const servers: FaultServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

interface Setup {
  readonly server: FaultServer;
  readonly fetch: WireFetch;
  readonly clock: ReturnType<typeof virtualClock>;
  readonly waits: WireWait[];
  readonly wire: ReturnType<typeof createWire>;
}

async function setUp(
  script: Readonly<Record<string, readonly Step[]>>,
  options: Partial<WireOptions> = {},
  policy: Partial<VendorPolicy> = {},
): Promise<Setup> {
  const server = await faultServer(script);
  servers.push(server);
  const clock = virtualClock(START);
  const waits: WireWait[] = [];
  const wire = createWire({ clock, random: () => 0.5, onWait: (wait) => waits.push(wait), ...options });
  const fetch = wire.fetchFor("acme", { ...plainPolicy, ...policy }, [server.url]);
  return { server, fetch, clock, waits, wire };
}

const plainPolicy: VendorPolicy = { concurrency: 4, bucketOf: ({ url }) => url.pathname, perMinute: () => null, judge: () => null };

async function failure(promise: Promise<unknown>): Promise<WireError> {
  const error = await promise.then(
    () => new Error("it was answered"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(WireError);
  return error as WireError;
}

describe("an answer that is broken once", () => {
  const cases: Record<string, Step> = {
    "a chunked body without its end": cutChunked(JSON.stringify(PAGE)),
    "half a JSON, cut": cutChunked('{"ok":tr'),
    "a body shorter than its length": shortBody(JSON.stringify(PAGE)),
    "a reset before the headers": reset(),
    "a reset in the body": reset(100),
    "no gzip where gzip was said": text("not gzip", { headers: { "content-encoding": "gzip" } }),
    "a sign-in page": html(200),
    "a sign-in page labelled as JSON": text("<!doctype html>", { headers: { "content-type": "application/json" } }),
    "an empty 200": text(""),
    "a 204": text("", { status: 204 }),
    "JSON with a prefix": text(`)]}'\n${JSON.stringify(PAGE)}`),
    "NaN in JSON": text('{"x":NaN}'),
    "no HTTP": raw("SSH-2.0-OpenSSH_9.6\r\n"),
    "HTTP/0.9": raw("{}"),
    "a status out of range": text("{}", { status: 777 }),
    ...Object.fromEntries([408, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529].map((status) => [`status ${status}`, html(status)])),
  };

  for (const [name, step] of Object.entries(cases)) {
    it(`${name}: is asked again`, async () => {
      const { fetch, server, clock, wire } = await setUp({ "/page": [step, json(PAGE)] });

      const response = await fetch(`${server.url}/page`);

      expect(await response.json()).toEqual(PAGE);
      expect(server.requests).toHaveLength(2);
      expect(clock.slept).toEqual([500]);
      expect(wire.records()).toMatchObject([{ connector: "acme", calls: 2, retries: 1, waitedMs: 500 }]);
    });
  }
});

describe("an answer that stays broken", () => {
  it("is unavailable after six tries, with status, type and beginning, and without a token", async () => {
    const page = "<!doctype html>\n<title>Sign  in</title> <a href='/?token=abc123'>\u0007";
    const { fetch, server, clock } = await setUp({ "/api/page": [html(200, page)] });

    const error = await failure(fetch(`${server.url}/api/page?cursor=SECRET`, { headers: { authorization: "Bearer SECRET" } }));

    expect(error.reason).toBe("unavailable");
    expect(error.message).toMatch(/^GET 127\.0\.0\.1:\d+\/api\/page: no usable answer in 6 tries/);
    expect(error.message).toContain('(last: status 200, text/html, "<!doctype html> <title>Sign in</title> <a href=\'/?…")');
    expect(error.message).not.toMatch(/SECRET|abc123|cursor/);
    expect(server.requests).toHaveLength(6);
    expect(clock.slept).toEqual([500, 2000, 8000, 30_000, 30_000]);
  });

  it("is unavailable where nobody listens, naming the code alone", async () => {
    const { fetch, server } = await setUp({});
    await server.close();
    servers.length = 0;

    const error = await failure(fetch(`${server.url}/page`));

    expect(error.reason).toBe("unavailable");
    expect(error.message).toContain("(last: ECONNREFUSED)");
  });

  it.each(["CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT", "ERR_TLS_CERT_ALTNAME_INVALID"])(
    "%s: the certificate is named, and nothing is asked again",
    async (code) => {
      let calls = 0;
      const transport = async () => {
        calls += 1;
        throw new TypeError("fetch failed", { cause: Object.assign(new Error("certificate"), { code }) });
      };
      const wire = createWire({ clock: virtualClock(START), random: () => 0.5, transport });

      const error = await failure(wire.fetchFor("acme", plainPolicy, ["https://acme.example"])("https://acme.example/x"));

      expect(error.message).toBe(`GET acme.example/x: the host's certificate is not accepted (${code})`);
      expect(calls).toBe(1);
    },
  );
});

describe("an answer that is too much", () => {
  const cases: Record<string, Step> = {
    "a bomb of gzip": gzipBomb(200),
    "100,000 levels": text("[".repeat(100_000) + "]".repeat(100_000)),
    "a refusal with 100,000 levels": text('{"a":'.repeat(100_000), { status: 403 }),
  };

  for (const [name, step] of Object.entries(cases)) {
    it(`${name}: is malformed and not asked again`, async () => {
      const { fetch, server } = await setUp({ "/page": [step] });

      const error = await failure(fetch(`${server.url}/page`));

      expect(error.reason).toBe("malformed");
      expect(server.requests).toHaveLength(1);
    });
  }

  it("a body as large as allowed is taken", async () => {
    const { fetch, server } = await setUp(
      { "/page": [text(JSON.stringify("x".repeat(98))), text(JSON.stringify("x".repeat(99)))] },
      { limits: { maxBytes: 100 } },
    );

    expect(await (await fetch(`${server.url}/page`)).json()).toHaveLength(98);
    expect((await failure(fetch(`${server.url}/page`))).message).toContain("more than 100 bytes");
  });
});

describe("an answer that takes too long", () => {
  const cases: Record<string, Step> = { "no headers": hang("headers"), "no end of the body": hang("body"), "a drip": drip(20) };

  for (const [name, step] of Object.entries(cases)) {
    it(`${name}: is asked again`, async () => {
      const { fetch, server } = await setUp({ "/page": [step, json(PAGE)] }, { limits: { headersMs: 150, silenceMs: 150, wholeMs: 400 } });

      expect(await (await fetch(`${server.url}/page`)).json()).toEqual(PAGE);
      expect(server.requests).toHaveLength(2);
    });
  }
});

describe("what a client gets", () => {
  it.each([
    ["JSON labelled as text", text(JSON.stringify(PAGE), { headers: { "content-type": "text/plain" } })],
    ["JSON without a label", text(JSON.stringify(PAGE))],
    ["JSON after a byte order mark", text(`\ufeff${JSON.stringify(PAGE)}`, { headers: { "content-type": "application/json" } })],
  ])("%s is JSON", async (_name, step) => {
    const { fetch, server } = await setUp({ "/page": [step] });

    const response = await fetch(`${server.url}/page?a=1`);

    expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    expect(await response.json()).toEqual(PAGE);
    expect(response.url).toBe(`${server.url}/page?a=1`);
  });

  it.each([400, 401, 403, 404, 410, 422, 451])("%d is handed on as it is, HTML or JSON", async (status) => {
    const { fetch, server } = await setUp({ "/page": [json({ message: "no" }, { status }), html(status)] });

    const [refusal, page] = [await fetch(`${server.url}/page`), await fetch(`${server.url}/page`)];

    expect([refusal.status, await refusal.json()]).toEqual([status, { message: "no" }]);
    expect([page.status, page.headers.get("content-type")]).toEqual([status, "text/html"]);
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    ["GET", 304],
    ["DELETE", 204],
    ["PUT", 204],
  ])("%s answered with %d has no body", async (method, status) => {
    const { fetch, server } = await setUp({ "/page": [text("", { status, headers: { etag: '"1"' } })] });

    const response = await fetch(`${server.url}/page`, { method });

    expect([response.status, response.body, response.headers.get("etag")]).toEqual([status, null, '"1"']);
  });

  it("drops the headers of a coding that is undone", async () => {
    const { fetch, server } = await setUp({ "/page": [text(gzipSync(JSON.stringify(PAGE)), { headers: { "content-encoding": "gzip" } })] });

    const response = await fetch(`${server.url}/page`);

    expect(await response.json()).toEqual(PAGE);
    expect([response.headers.get("content-encoding"), response.headers.get("content-length")]).toEqual([null, null]);
  });
});

describe("what a client sends", () => {
  const form = new FormData();
  form.set("channel", "C1");

  it.each<[string, RequestInit, RegExp, string]>([
    ["a string", { body: '{"a":1}', headers: new Headers({ "content-type": "application/json" }) }, /^application\/json$/, '{"a":1}'],
    ["a form", { body: new URLSearchParams({ cursor: "a=" }) }, /^application\/x-www-form-urlencoded/, "cursor=a%3D"],
    ["multipart", { body: form }, /^multipart\/form-data; boundary=/, 'name="channel"'],
    ["bytes", { body: new TextEncoder().encode("abc"), headers: [["content-type", "text/x"]] }, /^text\/x$/, "abc"],
    ["a stream", { body: new Blob(["abc"]).stream(), duplex: "half" }, /^$/, "abc"],
  ])("%s is sent again whole", async (_name, init, type, part) => {
    const { fetch, server } = await setUp({ "/page": [html(503), json(PAGE)] });

    await fetch(new URL(`${server.url}/page`), { ...init, method: "POST" });

    expect(server.requests.map((request) => request.method)).toEqual(["POST", "POST"]);
    expect(server.requests[1]?.body).toContain(part);
    expect(server.requests[1]?.body).toBe(server.requests[0]?.body);
    expect(server.requests[1]?.headers["content-type"] ?? "").toMatch(type);
  });

  it("a Request of the platform works", async () => {
    const { fetch, server } = await setUp({ "/page": [json(PAGE)] }, { userAgent: "timeline/1" });

    await fetch(new Request(`${server.url}/page`, { method: "POST", body: "abc", headers: { "x-a": "1" } }) as unknown as URL);

    expect(server.requests[0]).toMatchObject({ method: "POST", body: "abc", headers: { "x-a": "1", "user-agent": "timeline/1" } });
  });

  it("a header that cannot be sent is not repeated in the error", async () => {
    const { fetch, server } = await setUp({});

    const error = await failure(fetch(`${server.url}/page`, { headers: { authorization: "Bearer SECRET\n\u2028" } }));

    expect(error.message).not.toContain("SECRET");
  });
});

describe("hosts", () => {
  it("sends nothing to a host that is not listed, and no credential with a redirect", async () => {
    const other = await setUp({ "/stolen": [json({})] });
    const { fetch, server } = await setUp({ "/away": [text("", { status: 302, headers: { location: `${other.server.url}/stolen` } })] });
    const init = { headers: { authorization: "Bearer SECRET" } };

    expect((await failure(fetch(`${other.server.url}/stolen`, init))).message).toContain("is not sent");
    expect((await failure(fetch(`${server.url}/away`, init))).message).toContain("redirect (302) that is not followed");
    expect(other.server.requests).toEqual([]);
  });

  it.each([301, 302, 307, 308])("%d of a GET at the same origin is followed", async (status) => {
    const { fetch, server, wire } = await setUp({
      "/old": [text("", { status, headers: { location: "/new?page=2" } })],
      "/new": [json(PAGE)],
    });

    const response = await fetch(`${server.url}/old`, { headers: { authorization: "Bearer a" } });

    expect([await response.json(), response.url]).toEqual([PAGE, `${server.url}/new?page=2`]);
    expect(server.requests[1]?.headers.authorization).toBe("Bearer a");
    expect(wire.records()[0]?.calls).toBe(2);
  });

  it("a redirect of a POST and a loop end it", async () => {
    const { fetch, server } = await setUp({ "/loop": [text("", { status: 301, headers: { location: "/loop" } })] });

    expect((await failure(fetch(`${server.url}/loop`, { method: "POST" }))).message).toContain("not followed");
    expect((await failure(fetch(`${server.url}/loop`))).message).toContain("more than 3 times");
    expect(server.requests).toHaveLength(5);
  });
});

describe("limits", () => {
  const busy = (retryAfter: string) => json({ message: "slow down" }, { status: 429, headers: { "retry-after": retryAfter } });

  it("waits at least as long as it is told, and says so", async () => {
    const policy = { allows: () => "acme allows little" };
    const { fetch, server, clock, waits, wire } = await setUp({ "/page": [busy("30"), json(PAGE)] }, {}, policy);

    await fetch(`${server.url}/page`);

    expect(clock.slept).toEqual([31_500]);
    expect(waits).toEqual([{ connector: "acme", bucket: "/page", ms: 31_500, why: "status 429", allows: "acme allows little" }]);
    expect(wire.records()[0]).toMatchObject({ calls: 2, retries: 1, waitedMs: 31_500 });
  });

  it("reads a date against the clock of the answer, whatever ours says", async () => {
    const headers = { date: "Fri, 06 Mar 2026 08:49:37 GMT", "retry-after": "Friday, 06-Mar-26 08:50:07 GMT" };
    const { fetch, server, clock, wire } = await setUp({
      "/page": [json({}, { status: 429, headers }), json(PAGE, { headers: { date: headers.date } })],
    });

    await fetch(`${server.url}/page`);

    expect(clock.slept).toEqual([31_500]);
    expect(wire.records()[0]?.clockOffsetMs).toBeGreaterThan(44 * 3_600_000);
  });

  it("lets the more urgent go first of those that wait", async () => {
    const { server, fetch, wire } = await setUp({ "/page": [json(PAGE)] });
    const withUrgency = (urgency: number) => wire.fetchFor("narrow", { ...plainPolicy, concurrency: 1 }, [server.url], undefined, urgency);

    await fetch(`${server.url}/page?warm-up`);
    await Promise.all(
      Object.entries({ first: 1, late: 2, urgent: 0 }).map(([name, urgency]) => withUrgency(urgency)(`${server.url}/page?${name}`)),
    );

    expect(server.requests.map(({ query }) => query)).toEqual(["?warm-up", "?first", "?urgent", "?late"]);
  });

  it("holds up its own bucket and all of it", async () => {
    const { server, waits, ...rest } = await setUp({ "/slow": [busy("60"), json(PAGE)], "/fast": [json(PAGE)] });
    const gate = heldClock();
    const wire = createWire({ clock: gate.clock, random: () => 0, onWait: (wait) => waits.push(wait) });
    const fetch = wire.fetchFor("acme", plainPolicy, [server.url]);

    const slow = fetch(`${server.url}/slow`);
    await gate.asleep;
    const queued = [fetch(`${server.url}/slow`), fetch(`${server.url}/slow`)];
    await Promise.all([fetch(`${server.url}/fast`), fetch(`${server.url}/fast`)]);
    const sentMeanwhile = server.requests.filter(({ path }) => path === "/slow").length;
    gate.open();
    await Promise.all([slow, ...queued]);

    expect(sentMeanwhile).toBe(1);
    expect(waits).toHaveLength(1);
    expect(rest.wire.records()).toHaveLength(1);
    expect(server.requests.filter(({ path }) => path === "/slow")).toHaveLength(4);
  });

  it("lets the oldest request go first after a limit, so that none runs out of tries", async () => {
    /** One request is good for each time that was waited: as with one request a minute. */
    let isAllowed = false;
    const oneAMinute: Step = (response, request) => {
      const step = isAllowed ? json(PAGE) : busy("60");
      isAllowed = false;
      return step(response, request);
    };
    const { server } = await setUp({ "/page": [oneAMinute] });
    const clock = virtualClock(START);
    const sleep = async (ms: number) => {
      isAllowed = true;
      await clock.sleep(ms);
    };
    const fetch = createWire({ clock: { ...clock, sleep }, random: () => 0 }).fetchFor("acme", plainPolicy, [server.url]);

    const answers = await Promise.all(Array.from({ length: 10 }, () => fetch(`${server.url}/page`)));

    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 10 }, () => 200));
  });

  it("lets one request go at a time after a limit, and more again when all is well", async () => {
    let running = 0;
    const atOnce: number[] = [];
    const slowly: Step = async (response, request) => {
      running += 1;
      atOnce.push(running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
      await json(PAGE)(response, request);
    };
    const { fetch, server } = await setUp({ "/page": [busy("60"), slowly] }, {}, { concurrency: 4 });

    await fetch(`${server.url}/page`);
    await Promise.all(Array.from({ length: 12 }, () => fetch(`${server.url}/page`)));

    expect(atOnce.slice(0, 5)).toEqual([1, 1, 1, 1, 1]);
    expect(Math.max(...atOnce)).toBeGreaterThan(1);
  });

  it.each(["901", "31536000", "99999999999"])(
    "Retry-After %s is too long: rate limited at once, for the whole bucket",
    async (retryAfter) => {
      const { fetch, server, clock } = await setUp({ "/page": [busy(retryAfter), json(PAGE)] });

      const error = await failure(fetch(`${server.url}/page`));
      const next = await failure(fetch(`${server.url}/page`));

      expect([error.reason, next.reason]).toEqual(["rate limited", "rate limited"]);
      expect(error.message).toContain("longer than the 15 min that are allowed");
      expect(server.requests).toHaveLength(1);
      expect(clock.slept).toEqual([]);
      clock.advance(Number(retryAfter) * 1000 + 1000);
      expect((await fetch(`${server.url}/page`)).status).toBe(200);
    },
  );

  it("gives up a limit that does not end: by tries, and by the time waited", async () => {
    const byTries = await setUp({ "/page": [busy("1")] });
    const byTime = await setUp({ "/page": [busy("400")] });

    expect((await failure(byTries.fetch(`${byTries.server.url}/page`))).reason).toBe("rate limited");
    expect((await failure(byTime.fetch(`${byTime.server.url}/page`))).reason).toBe("rate limited");
    expect(byTries.server.requests).toHaveLength(6);
    expect(byTime.server.requests).toHaveLength(3);
  });

  it("goes by the vendor's own rule first", async () => {
    const limited = json({ ok: false, error: "ratelimited" });
    const judge: VendorPolicy["judge"] = ({ json, status }, nowMs) => {
      if (status === 503) return { kind: "ok" };
      const isLimited = typeof json === "object" && json !== null && "error" in json && json.error === "ratelimited";
      return isLimited ? { kind: "wait", waitMs: 20_000 + (nowMs > 0 ? 0 : 1), why: "ratelimited" } : null;
    };
    const { fetch, server, clock } = await setUp({ "/page": [limited, json(PAGE)], "/down": [json({}, { status: 503 })] }, {}, { judge });

    expect(await (await fetch(`${server.url}/page`)).json()).toEqual(PAGE);
    expect((await fetch(`${server.url}/down`)).status).toBe(503);
    expect(clock.slept).toEqual([21_000]);
  });

  it("keeps under the requests a minute of a policy without being told", async () => {
    const { fetch, server, clock, waits } = await setUp({ "/page": [json(PAGE)] }, {}, { perMinute: () => 3 });

    await Promise.all(Array.from({ length: 7 }, () => fetch(`${server.url}/page`)));

    expect(server.requests).toHaveLength(7);
    expect(clock.now() - START).toBe(120_000_000);
    expect(waits.map(({ why }) => why)).toEqual(["at most 3 requests a minute", "at most 3 requests a minute"]);
  });

  it("sends no more at once than the policy allows, over all buckets", async () => {
    let running = 0;
    let most = 0;
    const slowly: Step = async (response, request) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
      await json(PAGE)(response, request);
    };
    const { fetch, server } = await setUp({ "/a": [slowly], "/b": [slowly], "/c": [slowly] }, {}, { concurrency: 2 });

    await Promise.all(["a", "b", "c", "a", "b", "c"].map((path) => fetch(`${server.url}/${path}`)));

    expect(most).toBe(2);
  });
});

describe("an aborted signal", () => {
  const reason = new Error("Ctrl-C");

  it("ends what is on the wire, what is queued, what sleeps, and what comes later", async () => {
    const { server } = await setUp({
      "/hang": [hang("headers")],
      "/limited": [json({}, { status: 429, headers: { "retry-after": "600" } })],
      "/down": [html(503)],
    });
    const gate = heldClock();
    const controller = new AbortController();
    const wire = createWire({ clock: gate.clock, random: () => 0.5 });
    const fetch = wire.fetchFor("acme", { ...plainPolicy, concurrency: 2 }, [server.url], controller.signal);

    const limited = settled([fetch(`${server.url}/limited`), fetch(`${server.url}/limited`), fetch(`${server.url}/down`)]);
    await gate.asleep;
    const hanging = settled([fetch(`${server.url}/hang`), fetch(`${server.url}/hang`), fetch(`${server.url}/hang`)]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    controller.abort(reason);

    expect(await limited).toEqual([reason, reason, reason]);
    expect(await hanging).toEqual([reason, reason, reason]);
    await expect(fetch(`${server.url}/page`)).rejects.toBe(reason);
    expect(gate.sleeping()).toBe(0);
  });

  it("of one request ends that request alone", async () => {
    const { fetch, server } = await setUp({ "/hang": [hang("headers")], "/page": [json(PAGE)] });
    const controller = new AbortController();

    const hanging = settled([fetch(`${server.url}/hang`, { signal: controller.signal })]);
    setTimeout(() => controller.abort(reason), 20);

    expect(await hanging).toEqual([reason]);
    expect((await fetch(`${server.url}/page`)).status).toBe(200);
  });
});

describe("requests that change something", () => {
  it.each([
    ["what was refused for its rate", json({ error: "slow down" }, { status: 429, headers: { "retry-after": "1" } }), 2],
    ["no broken connection", reset(), 1],
    ["no cut-off answer", shortBody("{}"), 1],
    ["no server in trouble", html(502), 1],
    ["not even one that asks to wait", json({}, { status: 503, headers: { "retry-after": "1" } }), 1],
  ])("sends again %s", async (_what, first, sent) => {
    const { server, wire } = await setUp({ "/post": [first, json(PAGE)] });
    const fetch = wire.fetchToWriteFor("writing", plainPolicy, [server.url]);

    const answered = fetch(`${server.url}/post`, { method: "POST", body: "x" }).then(
      (answer) => answer.status,
      (error: Error) => error.name,
    );

    expect(await answered).toBe(sent === 2 ? 200 : "WireError");
    expect(server.requests.length).toBe(sent);
  });
});

function settled(promises: readonly Promise<unknown>[]): Promise<unknown[]> {
  return Promise.all(promises.map((promise) => promise.catch((error: unknown) => error)));
}

/** A clock whose sleepers wake up when the test says so. */
function heldClock() {
  let open = () => {};
  let fellAsleep = () => {};
  let sleepers = 0;
  let now = START;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const asleep = new Promise<void>((resolve) => (fellAsleep = resolve));
  const sleep = async (ms: number, signal?: AbortSignal) => {
    sleepers += 1;
    fellAsleep();
    try {
      await new Promise<void>((resolve, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason));
        void opened.then(resolve);
      });
      now += ms * 1000;
    } finally {
      sleepers -= 1;
    }
  };
  return { clock: { now: () => now, sleep }, asleep, open: () => open(), sleeping: () => sleepers };
}
