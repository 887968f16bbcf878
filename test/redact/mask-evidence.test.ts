import { describe, expect, it } from "vitest";
import type { Evidence } from "../../src/contract/evidence.js";
import type { RichText } from "../../src/contract/rich-text.js";
import { maskEvidence } from "../../src/redact/index.js";

const TOKEN = ["gh", "p_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"].join("");

function evidence(overrides: Partial<Evidence>): Evidence {
  return {
    id: "chat:C1:1",
    connector: "chat",
    source: "messages",
    scope: "C1",
    kind: "chat.message.posted",
    times: [{ meaning: "posted", at: 1, precisionMicros: 1, sourceText: "1" }],
    actor: null,
    title: "",
    body: [],
    url: null,
    refs: [],
    visibility: "public",
    signals: {},
    payload: {},
    ...overrides,
  };
}

describe("masking of evidence", () => {
  it("reaches title, body, payload, refs and url, and counts", () => {
    const { evidence: masked, masked: count } = maskEvidence(
      evidence({
        title: `a ${TOKEN}`,
        body: [
          { type: "code", text: `export KEY=${TOKEN}` },
          { type: "list", ordered: false, indent: 0, start: 1, items: [[{ type: "text", text: TOKEN }]] },
          { type: "paragraph", inlines: [{ type: "link", url: `https://a.example/?t=${TOKEN}`, text: "there" }] },
        ],
        url: `https://a.example/?token=${TOKEN}`,
        refs: [{ type: "url", id: `https://a.example/${TOKEN}`, relation: "mentions" }],
        payload: { list: [{ deep: TOKEN }] },
      }),
    );
    expect(JSON.stringify(masked)).not.toContain(TOKEN);
    expect(count).toBe(7);
    expect(masked.body[0]).toEqual({ type: "code", text: "export KEY=[masked: github token]" });
  });

  it.each<[string, RichText, string[]]>([
    [
      "in a code span after the words that give it away",
      [
        {
          type: "paragraph",
          inlines: [
            { type: "text", text: "pw is " },
            { type: "text", text: "hunter2-x", style: { code: true } },
            { type: "text", text: " for now" },
          ],
        },
      ],
      ["pw is ", "[masked: password]", " for now"],
    ],
    [
      "over several inlines",
      [
        {
          type: "paragraph",
          inlines: [
            { type: "text", text: `see ${TOKEN.slice(0, 10)}` },
            { type: "text", text: TOKEN.slice(10), style: { bold: true } },
            { type: "text", text: "." },
          ],
        },
      ],
      ["see [masked: github token]", "", "."],
    ],
    [
      "not where a person stands between",
      [
        {
          type: "paragraph",
          inlines: [
            { type: "text", text: "password: " },
            { type: "account", connector: "chat", account: "U1" },
            { type: "text", text: " knows1 it" },
          ],
        },
      ],
      ["password: ", " knows1 it"],
    ],
  ])("finds a secret %s", (_, body, texts) => {
    const masked = maskEvidence(evidence({ body })).evidence.body[0]!;
    const inlines = masked.type === "paragraph" ? masked.inlines : [];
    expect(inlines.flatMap((inline) => (inline.type === "text" ? [inline.text] : []))).toEqual(texts);
  });

  it("knows a member by its name", () => {
    const payload = { password: "correcthorse", next_page_token: "abc", nested: { api_key: "a1b2c3d4e5f6" }, token_count: "12345678" };
    expect(maskEvidence(evidence({ payload })).evidence.payload).toEqual({
      password: "[masked: password]",
      next_page_token: "abc",
      nested: { api_key: "[masked: token]" },
      token_count: "12345678",
    });
  });

  it("leaves what holds no secret as it is, the same object", () => {
    const harmless = evidence({ title: "Deploy 9.3.4", payload: { sha: "2c6a957e4ec961312e1d094b0d968e840c5053d5" } });
    expect(maskEvidence(harmless)).toEqual({ evidence: harmless, masked: 0 });
    expect(maskEvidence(harmless).evidence).toBe(harmless);
  });
});
