import type { fetch as undiciFetch } from "undici";
import type { Clock } from "../clock.js";
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
  /** The documented limit in words, for whoever waits for it; null: none is documented. */
  allows?(bucket: string): string | null;
  /** null: the wire's own rule (408, 429, 5xx, Retry-After). `nowMs` is the server's clock where it sent a Date. */
  judge(answer: WireAnswer, nowMs: number): Verdict | null;
  /** Requests that are answered without JSON when all is well. */
  answersPlainly?(request: WireRequest): boolean;
}

/** A bucket or a request waits, and why. */
export interface WireWait {
  readonly connector: string;
  readonly bucket: string;
  readonly ms: number;
  readonly why: string;
  /** What the vendor allows, in words; null: it does not say. */
  readonly allows: string | null;
}

/** What went over the wire for one connector. */
export interface WireRecord {
  readonly connector: string;
  /** Requests sent, repeated ones included. */
  readonly calls: number;
  /** Of these, the ones that were repeats. */
  readonly retries: number;
  readonly waitedMs: number;
  /** Source clock minus ours, from `Date` headers; null: unknown. */
  readonly clockOffsetMs: number | null;
}

/** Everything that bounds a request. Milliseconds, bytes and counts. */
export interface WireLimits {
  readonly connectMs: number;
  readonly headersMs: number;
  /** Between two pieces of a body. */
  readonly silenceMs: number;
  /** One request from sending to the last byte. */
  readonly wholeMs: number;
  /** Of a body, inflated. */
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxTries: number;
  /** One wait, and all waits of one request together. */
  readonly maxWaitMs: number;
  readonly backOffFirstMs: number;
  readonly backOffMaxMs: number;
  readonly maxRedirects: number;
}

export interface WireOptions {
  readonly clock: Clock;
  /** 0 to 1, 1 excluded. */
  readonly random: () => number;
  /** Sent where the client sends none of its own. */
  readonly userAgent?: string;
  /** undici's own `fetch` unless a test hands in another: Node 20's built-in one takes a cut-off body for whole. */
  readonly transport?: typeof undiciFetch;
  readonly onWait?: (wait: WireWait) => void;
  readonly limits?: Partial<WireLimits>;
}

export interface Wire {
  /**
   * `fetch` for one connector: to the hosts of `allowedBaseUrls` only, under `policy`, until `signal` is aborted.
   * Calls for the same connector share its limits, queues and record. Of requests that wait for their turn, those of a
   * lower `urgency` go first.
   *
   * It rejects with a {@link WireError}, or with the reason of an aborted signal.
   */
  fetchFor(
    connectorId: string,
    policy: VendorPolicy,
    allowedBaseUrls: readonly string[],
    signal?: AbortSignal,
    urgency?: number,
  ): WireFetch;
  /**
   * The same for requests that change something: sent again is only what was refused for its rate. Whatever else breaks may
   * have been done all the same, and is looked up first.
   */
  fetchToWriteFor(connectorId: string, policy: VendorPolicy, allowedBaseUrls: readonly string[], signal?: AbortSignal): WireFetch;
  /** By connector, in order of id. */
  records(): readonly WireRecord[];
}

export type WireErrorReason = Extract<GapReason, "unavailable" | "rate limited" | "malformed">;

/** Thrown when all tries are spent or the wait is longer than allowed. `SourceError` is made of it by the client. */
export class WireError extends Error {
  override readonly name = "WireError";
  constructor(
    message: string,
    readonly reason: WireErrorReason,
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
  }
}
