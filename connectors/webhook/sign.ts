import { createHmac } from "node:crypto";
import type { Secret } from "../../src/contract/secret.js";

/** `v1,<base64>` over id, time in seconds and body. Source: Standard Webhooks, "Signature scheme", standardwebhooks.com. */
export function signatureOf(id: string, seconds: number, body: string | Uint8Array, secret: Secret): string {
  const signed = createHmac("sha256", keyOf(secret)).update(`${id}.${seconds}.`).update(body);
  return `v1,${signed.digest("base64")}`;
}

/** `whsec_` and its key in base64; any other text is the key itself. */
function keyOf(secret: Secret): Buffer {
  const text = secret.reveal();
  return text.startsWith("whsec_") ? Buffer.from(text.slice("whsec_".length), "base64") : Buffer.from(text, "utf8");
}
