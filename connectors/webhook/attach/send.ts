import type { AttachContext, Attachment, Remote } from "../../../src/contract/destination.js";
import { SourceError, type SourceErrorOptions } from "../../../src/kit/errors.js";
import { sha256 } from "../../../src/kit/hash.js";
import { wireErrorOf } from "../../../src/kit/wire/wire-error-of.js";
import { signatureOf } from "../sign.js";
import { bodyOf } from "./body.js";
import type { AttachConfig, Hook } from "./config.js";

export type Context = Pick<AttachContext<AttachConfig>, "config" | "fetch" | "signal" | "now">;

/**
 * Sends it, signed. The same content has the same id, so that a repeat does no harm: what came of an earlier one cannot be
 * looked up.
 * @returns null where the receiver wants no more (410).
 */
export async function send(hook: Hook, attachment: Attachment, context: Context): Promise<Remote | null> {
  const body = bodyOf(attachment);
  const id = `msg_${sha256(`${hook.name}\n${attachment.marker}\n${body}`).slice(0, 32)}`;
  const seconds = Math.floor(context.now / 1_000_000);
  const headers = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": signatureOf(id, seconds, body, hook.secret),
  };
  const { status } = await context.fetch(hook.url, { method: "POST", headers, body, signal: context.signal }).catch((error: unknown) => {
    if (context.signal.aborted) throw context.signal.reason;
    throw failed(hook, wireErrorOf(error)?.message ?? "it could not be reached", "unavailable", error);
  });
  if (status === 410) return null;
  if (status >= 200 && status < 300) return { id };
  throw failed(hook, `it answered with status ${status}`, status === 401 || status === 403 ? "forbidden" : "unavailable", undefined);
}

function failed(hook: Hook, why: string, reason: SourceErrorOptions["reason"], cause: unknown): SourceError {
  return new SourceError(`The webhook ${hook.name} was not told: ${why}`, {
    connector: "webhook",
    action: "retry",
    reason,
    hint: "It is sent again the next time, with the same id.",
    cause,
  });
}
