import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskText } from "../../src/redact/index.js";

/** Made up, and put together here, so that no scanner takes this file for a leak. */
const join = (...parts: string[]) => parts.join("");
const ALPHABET = "aB3dE5gH7jK9mN1pQ2sT4vW6xY8z";
const letters = (count: number) => ALPHABET.repeat(Math.ceil(count / ALPHABET.length)).slice(0, count);
const hex = (count: number) => "0f1e2d3c4b5a69788796a5b4c3d2e1f0".repeat(4).slice(0, count);

const TOKENS: readonly (readonly [kind: string, token: string])[] = [
  ["slack token", join("xox", "b-", "123456789012-1234567890123-", letters(24))],
  ["slack token", join("xap", "p-", "1-A0123456789-1234567890123-", hex(64))],
  ["slack webhook", join("https://hooks.", "slack.com/services/T0123456/B0123456/", letters(24))],
  ["github token", join("gh", "p_", letters(36))],
  ["github token", join("gh", "s_", letters(36))],
  ["github token", join("github", "_pat_", letters(22), "_", letters(59))],
  ["gitlab token", join("gl", "pat-", letters(20))],
  ["aws access key", join("AK", "IA", "Q2W3E4R5T6Y7U8I9")],
  ["google key", join("AI", "za", letters(35))],
  ["stripe key", join("sk", "_live_", letters(24))],
  ["npm token", join("np", "m_", letters(36))],
  ["openai key", join("sk", "-proj-", letters(48))],
  ["anthropic key", join("sk", "-ant-", "api03-", letters(90))],
  ["pagerduty key", join("u", "+", letters(18))],
  ["twilio key", join("S", "K", hex(32))],
  ["sendgrid key", join("S", "G.", letters(22), ".", letters(43))],
  ["json web token", join("ey", "J", letters(20), ".", "ey", "J", letters(30), ".", letters(40))],
];

const IN_CONTEXT: readonly (readonly [text: string, masked: string])[] = [
  [`DD-API-KEY: ${hex(32)}`, "DD-API-KEY: [masked: datadog key]"],
  [`datadog app key is ${hex(40)}`, "datadog app key is [masked: datadog key]"],
  [join("aws_secret_", `access_key = ${letters(40)}`), join("aws_secret_", "access_key = [masked: aws secret key]")],
  [join("AccountName=logs;Account", `Key=${letters(86)}==;End`), join("AccountName=logs;Account", "Key=[masked: azure key];End")],
  [`Authorization: Bearer ${letters(30)}`, "Authorization: Bearer [masked: authorization header]"],
  [
    `{"authorization":"Basic ${Buffer.from("deploy:hunter2x").toString("base64")}"}`,
    '{"authorization":"Basic [masked: authorization header]"}',
  ],
  ["postgres://ledger:Tr0ub4dor&x@db-1.internal:5432/ledger", "postgres://ledger:[masked: password]@db-1.internal:5432/ledger"],
  ["redis://:S3cure#1@cache-1:6379/0", "redis://:[masked: password]@cache-1:6379/0"],
  ["GET /export?access_token=q1W2e3R4t5Y6u7I8&fmt=csv", "GET /export?access_token=[masked: token]&fmt=csv"],
  ["DB_PASSWORD=Winter2026!x.", "DB_PASSWORD=[masked: password]."],
  ['MYSQL_ROOT_PASSWORD: "S3cure#m"', 'MYSQL_ROOT_PASSWORD: "[masked: password]"'],
  ['{\\"password\\":\\"hunter2x\\",\\"user\\":\\"a\\"}', '{\\"password\\":\\"[masked: password]\\",\\"user\\":\\"a\\"}'],
  ["token: a1b2c3d4e5f6g7h8", "token: [masked: token]"],
  ["the password is hunter2-x for now", "the password is [masked: password] for now"],
  ["pw is `S3cure#q`, rotate after", "pw is `[masked: password]`, rotate after"],
  ["login admin / corr3ct-h0rse", "login admin / [masked: password]"],
  ["curl -u deploy:hunter2-x https://registry.internal/v2", "curl -u deploy:[masked: password] https://registry.internal/v2"],
  ["GET /cb?next=password%3Dhunter2-x%20now", "GET /cb?next=password%3D[masked: password]%20now"],
  ["\u001b[31mDB_PASSWORD=hunter2-x\u001b[0m", "\u001b[31mDB_PASSWORD=[masked: password]\u001b[0m"],
  [`Set-Cookie: session=${hex(64)}; HttpOnly`, "Set-Cookie: session=[masked: session cookie]; HttpOnly"],
];

const HARMLESS = [
  `commit ${hex(40)} bump from 9.3.4 to 10.1.0`,
  `image: registry.internal/checkout@sha256:${hex(64)}`,
  "X-Request-Id: 5e53666f-87fc-47a6-a7a5-c5f5902e4480",
  `trace_id=${hex(32)} span_id=${hex(16)} dd.trace_id=8077351319030016709`,
  `integrity sha512-${letters(86)}==`,
  "pod checkout-f24e9b3e8c-95dp3 OOMKilled",
  "token expired at 2026-03-04T10:11:12Z, refreshing token",
  'password authentication failed for user "app"',
  "DB_PASSWORD=${DB_PASSWORD} or password: <redacted>",
  "key rotation finished, secrets manager healthy, password policy unchanged",
  "cache key user:254259:session miss rate 68%",
  "monitor 57312065 'auth token errors' alerted, value 0.755402",
  "https://acme.example:8443/path/@scope/package",
  "arn:aws:iam::174729182260:role/checkout-task instance i-0a20d6d54cb9a7e56",
  "the token bucket at TokenBucket.take (/srv/app/dist/rate/token-bucket.js:885:5)",
  'Error: secret "checkout-api-key" not found in namespace prod',
];

describe("tokens by their shape", () => {
  const around: readonly ((text: string) => readonly [string, string])[] = [
    (token) => [`found ${token} in the log`, "found $ in the log"],
    (token) => [`token=${token}`, "token=$"],
    (token) => [JSON.stringify({ msg: `say "${token}"` }), JSON.stringify({ msg: 'say "$"' })],
    (token) => [`line one\r\nline two ${token}\r\nline three`, "line one\r\nline two $\r\nline three"],
    (token) => [`\u001b[31m${token}\u001b[0m`, "\u001b[31m$\u001b[0m"],
    (token) => [`GET /cb?q=key%20${token}%20here`, "GET /cb?q=key%20$%20here"],
  ];

  it.each(TOKENS)("%s", (kind, token) => {
    for (const wrap of around) {
      const [text, expected] = wrap(token);
      expect(maskText(text).text).toBe(expected.replace("$", `[masked: ${kind}]`));
    }
  });
});

describe("secrets by what stands around them", () => {
  it.each(IN_CONTEXT)("%s", (text, masked) => {
    expect(maskText(text).text).toBe(masked);
  });
});

describe("private keys", () => {
  const body = `${letters(64)}\n${letters(64)}\n${letters(20)}==`;
  const armour = (name: string, inner: string, end = `-----END ${name}-----`) => `-----BEGIN ${name}-----\n${inner}\n${end}`;

  it.each(["RSA PRIVATE KEY", "PRIVATE KEY", "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK"])("%s", (name) => {
    const key = armour(name, body);
    expect(maskText(`see ${key} there`).text).toBe("see [masked: private key] there");
    expect(maskText(JSON.stringify({ key, next: 1 })).text).toBe('{"key":"[masked: private key]","next":1}');
    expect(maskText(key.replaceAll("\n", "\n> ")).text).toBe("[masked: private key]");
  });

  it("whose end was cut off, and not a public certificate", () => {
    expect(maskText(armour("RSA PRIVATE KEY", body, "")).text).not.toContain(letters(20));
    const certificate = armour("CERTIFICATE", body);
    expect(maskText(certificate).text).toBe(certificate);
  });
});

describe("what stays", () => {
  it.each(HARMLESS)("%s", (text) => {
    expect(maskText(text)).toEqual({ text, kinds: [] });
  });

  it("is everything that was masked before: masking twice changes nothing", () => {
    for (const text of [...TOKENS.map(([, token]) => `key ${token}`), ...IN_CONTEXT.map(([each]) => each)]) {
      const once = maskText(text).text;
      expect(maskText(once)).toEqual({ text: once, kinds: [] });
    }
  });

  it("is everything but the secret, wherever it stands", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from("abc XYZ 012 .,;:\"'`(){}[]<>\n\t/\\%&=")) }),
        fc.constantFrom(...TOKENS),
        (text, [, token]) => {
          const masked = maskText(`${text} ${token} ${text}`).text;
          expect(masked).not.toContain(token);
          expect(maskText(masked).text).toBe(masked);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("hostile text", () => {
  it.each([
    join("ey", "J"),
    join("xox", "b-"),
    join("gh", "p_"),
    "password: ",
    "password is ",
    "a://b:",
    "-----BEGIN PRIVATE KEY-----\n",
    "-----BEGIN PRIVATE KEY-----\n-",
    "%2",
    "\\u00",
    "authorization: bearer ",
    'secret key = "',
    "-u a:",
    "login a / ",
    " ",
    "A",
    "\u001b[31m",
  ])("a row of %j is masked or left in bounded work", (part) => {
    // Quadratic work on this length would take minutes and end in the time-out of the test.
    expect(maskText(part.repeat(Math.ceil(200_000 / part.length))).text).toBeDefined();
  });
});
