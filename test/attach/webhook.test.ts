import { createHmac } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { WebhookBody } from "../../connectors/webhook/attach/body.js";
import { attach } from "../../connectors/webhook/attach/index.js";
import { wire } from "../../connectors/webhook/wire.js";
import { Secret } from "../../src/contract/secret.js";
import { plain } from "../../src/kit/rich-text.js";
import { serveWritable, type WritableServer } from "../support/writable-server.js";
import { attachAll, killedEverywhere, Memory, START, summaryOf, type Rig } from "./rig.js";

const KEY = Buffer.from("a-key-of-twenty-four-bytes");
let receiver: WritableServer;
let status = 204;
beforeEach(async () => {
  status = 204;
  receiver = await serveWritable(() => ({ status }));
});
afterEach(() => receiver.close());

function rig(secret = `whsec_${KEY.toString("base64")}`): Rig {
  const config = { send: [{ name: "status", url: `${receiver.url}/in`, readers: "organisation", secret: new Secret(secret) }] };
  return { connector: "webhook", destination: attach, config, wire, hosts: [receiver.url], keys: [] };
}

/** What a receiver keeps that honours the id: the last body of each. */
function kept(): Map<string, string> {
  return new Map(receiver.requests.map(({ headers, body }) => [String(headers["webhook-id"]), body.toString("utf8")]));
}

describe("attaching to a webhook", () => {
  it("ships the schema of what is sent", () => {
    const schema = `${JSON.stringify(z.toJSONSchema(WebhookBody, { target: "draft-7" }), null, 2)}\n`;
    const shipped = new URL("../../schema/incident-timeline-webhook-1.schema.json", import.meta.url);
    if (process.env["UPDATE_SCHEMAS"]) writeFileSync(shipped, schema);

    expect(readFileSync(shipped, "utf8")).toBe(schema);
  });

  it("sends what the schema says, signed as Standard Webhooks says", async () => {
    await attachAll(rig(), summaryOf("first"), new Memory());
    const { headers, body, method } = receiver.requests[0]!;
    const [id, seconds] = [String(headers["webhook-id"]), String(headers["webhook-timestamp"])];
    const expected = createHmac("sha256", KEY)
      .update(`${id}.${seconds}.${body.toString("utf8")}`)
      .digest("base64");

    expect(method).toBe("POST");
    expect(headers["webhook-signature"]).toBe(`v1,${expected}`);
    expect(Number(seconds)).toBe(START / 1_000_000);
    expect(WebhookBody.parse(JSON.parse(body.toString("utf8"))).data).toMatchObject({
      title: "Checkout errors",
      highlights: [{ at: "2026-03-04T12:00:00.000000Z", text: "first" }],
    });
  });

  it("takes a secret that is no base64 for the key itself", async () => {
    await attachAll(rig("a plain text of our own"), summaryOf("first"), new Memory());
    const { headers, body } = receiver.requests[0]!;
    const signed = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${body.toString("utf8")}`;

    expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", "a plain text of our own").update(signed).digest("base64")}`);
  });

  it("sends each content once, and a repeat with the id of the first", async () => {
    const memory = new Memory();
    expect(await attachAll(rig(), summaryOf("first"), memory)).toEqual(["created"]);
    expect(await attachAll(rig(), summaryOf("first"), memory)).toEqual(["unchanged"]);
    expect(await attachAll(rig(), summaryOf("second"), memory)).toEqual(["updated"]);
    memory.records.clear();
    expect(await attachAll(rig(), summaryOf("second"), memory)).toEqual(["created"]);

    expect(receiver.requests).toHaveLength(3);
    expect(kept().size).toBe(2);
  });

  it("is told once of each content wherever it was killed", async () => {
    await killedEverywhere(async (kill) => {
      const before = kept().size;
      const memory = new Memory();
      const text = `of step ${kill.step} ${kill.when}`;
      const ended = await attachAll(rig(), summaryOf(text), memory, kill);
      await attachAll(rig(), summaryOf(text), memory);

      expect(kept().size).toBe(before + 1);
      return ended === null;
    });
  });

  it.each(["lost", "trouble", "unsent"] as const)("sends again with the same id what was %s", async (trouble) => {
    const memory = new Memory();
    let once = 1;
    receiver.trouble = () => (once-- > 0 ? trouble : null);
    await expect(attachAll(rig(), summaryOf("first"), memory)).rejects.toThrow("The webhook status was not told");
    await attachAll(rig(), summaryOf("first"), memory);

    expect(receiver.requests).toHaveLength(2);
    expect(kept().size).toBe(1);
  });

  it("fails where it is refused, and stays away where nothing more is wanted", async () => {
    const memory = new Memory();
    status = 401;
    await expect(attachAll(rig(), summaryOf("first"), memory)).rejects.toThrow("it answered with status 401");
    status = 204;
    await attachAll(rig(), summaryOf("first"), memory);
    status = 410;
    expect(await attachAll(rig(), summaryOf("second"), memory)).toEqual(["gone"]);
    status = 204;
    expect(await attachAll(rig(), summaryOf("third"), memory)).toEqual(["gone"]);
  });

  it("sends the last 500 of 10,000 entries and says so", async () => {
    const highlights = Array.from({ length: 10_000 }, (_, index) => ({
      at: START + index,
      precisionMicros: 1,
      text: plain(`entry ${index} ${"x".repeat(5000)}`),
      url: "javascript:alert(1)",
    }));
    await attachAll(rig(), summaryOf("", "open", { highlights }), new Memory());
    const { data } = WebhookBody.parse(JSON.parse(receiver.requests[0]!.body.toString("utf8")));

    expect(data.shown).toBe("(500 of 10,000 shown)");
    expect(data.highlights).toHaveLength(500);
    expect(data.highlights.at(-1)).toMatchObject({ text: expect.stringMatching(/^entry 9999 x+…$/) as string, url: null });
    expect(receiver.requests[0]!.body.byteLength).toBeLessThan(1_000_000);
  });
});
