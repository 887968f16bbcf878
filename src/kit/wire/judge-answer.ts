import { httpDateMs, retryAfterMs } from "./retry-after.js";
import type { VendorPolicy, Verdict, WireAnswer, WireRequest } from "./types.js";

/** Methods that are answered without a body when all is well. */
const SILENT_METHODS = ["HEAD", "DELETE", "PUT", "PATCH"];

/**
 * What an answer means: the vendor's word first, then the wire's rule. Whatever the vendor says, an answer of success
 * without the JSON that was asked for is an outage: gateways answer so while they restart. Pure.
 *
 * @param ourNowMs our clock, for an answer that does not tell its own.
 */
export function judgeAnswer(policy: VendorPolicy, request: WireRequest, answer: WireAnswer, ourNowMs: number): Verdict {
  const nowMs = serverNowMs(answer.headers, ourNowMs) ?? ourNowMs;
  const verdict = policy.judge(answer, nowMs) ?? judgeStatus(answer, nowMs);
  if (verdict.kind === "wait" && verdict.waitMs === null)
    return { ...verdict, waitMs: retryAfterMs(answer.headers.get("retry-after"), nowMs) };
  const mayBePlain = SILENT_METHODS.includes(request.method) || policy.answersPlainly?.(request) === true;
  if (verdict.kind === "ok" && isSuccess(answer.status) && answer.json === undefined && !mayBePlain)
    return { kind: "broken", why: "an answer that is no JSON" };
  return verdict;
}

/** Refused for its rate, before anything was done: a server that is in trouble asks to wait as well, and may have done it. */
export function isRefusal(verdict: Verdict, { status }: Pick<WireAnswer, "status">): boolean {
  return verdict.kind === "wait" && status !== 408 && status < 500;
}

/** The source's clock, from its `Date`; null: it sent none. Our clock settles the century, if that. */
export function serverNowMs(headers: Headers, ourNowMs: number): number | null {
  return httpDateMs(headers.get("date")?.trim() ?? "", ourNowMs);
}

function judgeStatus({ status, headers }: WireAnswer, nowMs: number): Verdict {
  if (status !== 408 && status !== 429 && status < 500) return { kind: "ok" };
  const waitMs = retryAfterMs(headers.get("retry-after"), nowMs);
  if (status === 429 || waitMs !== null) return { kind: "wait", waitMs, why: `status ${status}` };
  return { kind: "broken", why: `status ${status}` };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
