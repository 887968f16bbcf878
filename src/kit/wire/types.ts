import type { GapReason } from "../errors.js";

/** `fetch` as the vendors' clients take it: body already read whole, limits and retries done. */
export type WireFetch = (input: string | URL, init?: RequestInit) => Promise<Response>;

/** What a policy sees of a request. Never its credentials or body. */
export interface WireRequest {
  readonly method: string;
  readonly url: URL;
}

/** What a policy sees of an answer: the body has been read. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body, or undefined when it is no JSON. */
  readonly json: unknown;
}

/**
 * What an answer means for the next try. `ok`: hand it on, errors of the vendor included. `wait`: try again after at
 * least `waitMs` (null: the vendor does not say, back off). `broken`: an outage, back off.
 */
export type Verdict =
  | { readonly kind: "ok" }
  | { readonly kind: "wait"; readonly waitMs: number | null; readonly why: string }
  | { readonly kind: "broken"; readonly why: string };

/** One vendor's manners, as data and pure functions. Rule of thumb for statuses is the wire's own. */
export interface VendorPolicy {
  /** Requests at once, over all buckets. */
  readonly concurrency: number;
  /** Requests that share a limit share a name; a wait holds up its bucket and no other. */
  bucketOf(request: WireRequest): string;
  /** Requests per minute of a bucket that are sent without being told to wait; null: until told. */
  perMinute(bucket: string): number | null;
  /** null: the wire's own rule (408, 429, 5xx, Retry-After). `nowMs` is the server's clock where it sent a Date. */
  judge(answer: WireAnswer, nowMs: number): Verdict | null;
}

/** Thrown when all tries are spent or the wait is longer than allowed. `SourceError` is made of it by the client. */
export class WireError extends Error {
  override readonly name = "WireError";
  constructor(
    message: string,
    readonly reason: Extract<GapReason, "unavailable" | "rate limited" | "malformed">,
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
  }
}
