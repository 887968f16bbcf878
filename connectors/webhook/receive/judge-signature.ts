import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { ReceivedRequest } from "../../../src/contract/notice.js";
import { fromUnixSeconds, MICROS_PER_MINUTE, type EpochMicros } from "../../../src/kit/instant.js";
import { signatureOf } from "../sign.js";
import type { Door, Shape } from "./config.js";

/** `delivery`: null where it stands in the body. */
export type Judged = { readonly delivery: string | null } | { readonly refused: string };

const TOLERANCE = 5 * MICROS_PER_MINUTE;
const NO_SIGNATURE: Judged = { refused: "it is not signed" };
const WRONG: Judged = { refused: "its signature is wrong" };
/** Senders rotate secrets with two signatures; whoever sends more wants us to compute. */
const MOST_SIGNATURES = 10;

type Judge = (request: ReceivedRequest, door: Door, now: EpochMicros) => Judged;
const JUDGES: Readonly<Record<Shape, Judge>> = {
  generic: standardWebhooks,
  "incident.io": standardWebhooks,
  pagerduty: pagerDuty,
  datadog: sharedToken,
};

/** Whether the request comes from whom the section names: judged over its bytes, before anything of it is parsed. */
export function judgeSignature(request: ReceivedRequest, door: Door, now: EpochMicros): Judged {
  return JUDGES[door.shape](request, door, now);
}

/** Source: Standard Webhooks, "Signature scheme", standardwebhooks.com. */
function standardWebhooks({ headers, body }: ReceivedRequest, { secret }: Door, now: EpochMicros): Judged {
  const [id = "", timestamp = "", signatures = ""] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => headers[name]);
  if (id === "" || id.length > 200 || !/^\d{1,11}$/.test(timestamp) || signatures === "") return NO_SIGNATURE;
  const expected = signatureOf(id, Number(timestamp), body, secret);
  if (!hasEqual(signatures.split(" "), expected)) return WRONG;
  const at = fromUnixSeconds(Number(timestamp));
  if (at === null || Math.abs(now - at) > TOLERANCE) return { refused: "it was signed more than 5 minutes ago, or our clocks differ" };
  return { delivery: id };
}

/** It signs the body alone, without a time. Source: "Verifying signatures", developer.pagerduty.com/docs/webhooks. */
function pagerDuty({ headers, body }: ReceivedRequest, { secret }: Door): Judged {
  const signatures = headers["x-pagerduty-signature"] ?? "";
  if (signatures === "") return NO_SIGNATURE;
  const expected = `v1=${createHmac("sha256", secret.reveal()).update(body).digest("hex")}`;
  return hasEqual(
    signatures.split(",").map((each) => each.trim()),
    expected,
  )
    ? { delivery: null }
    : WRONG;
}

/** Datadog cannot sign: it sends headers that its owner gives it. Source: "Webhooks", docs.datadoghq.com/integrations/webhooks. */
function sharedToken({ headers }: ReceivedRequest, { secret }: Door): Judged {
  const given = headers["authorization"] ?? "";
  if (given === "") return NO_SIGNATURE;
  return hasEqual([given], `Bearer ${secret.reveal()}`) ? { delivery: null } : WRONG;
}

/** Takes as long whatever differs: hashes of the same length are compared, each of them. */
function hasEqual(given: readonly string[], expected: string): boolean {
  const wanted = digest(expected);
  return given.slice(0, MOST_SIGNATURES).reduce((found, each) => timingSafeEqual(digest(each), wanted) || found, false);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}
