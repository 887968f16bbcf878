import PQueue from "p-queue";
import { compareText } from "../text.js";
import { abortable } from "./abort.js";
import { createBucket, tooLong, type Bucket } from "./bucket.js";
import { placeOf } from "./describe.js";
import { exchange, type WholeAnswer } from "./exchange.js";
import { refusalOf } from "./hosts.js";
import { isRefusal, judgeAnswer } from "./judge-answer.js";
import { DEFAULT_LIMITS } from "./limits.js";
import { plainRequest, type PlainRequest } from "./plain-request.js";
import { planRetry, type RetryPlan } from "./plan-retry.js";
import { createRecorder, type Recorder } from "./record.js";
import { lazyTransport, type Transport } from "./transport.js";
import { WireError, type VendorPolicy, type Verdict, type Wire, type WireFetch, type WireLimits, type WireOptions } from "./types.js";

/** More than one process ever sends: urgencies do not mix. */
const MOST_REQUESTS = 1e9;

/** What all fetches of one connector share. */
interface Lane {
  readonly connector: string;
  readonly policy: VendorPolicy;
  readonly recorder: Recorder;
  readonly bucketNamed: (name: string) => Bucket;
  readonly nextOrder: () => number;
}

/** How the requests of one fetch are sent. */
interface Way {
  readonly urgency: number;
  /** What is sent again: whatever broke, or only what was refused for its rate. */
  readonly repeats: "what broke" | "refusals";
}

interface WireParts {
  readonly options: WireOptions;
  readonly limits: WireLimits;
  readonly transport: () => Promise<Transport>;
}

/** What became of one try: an answer to hand on, or what to do next. `why` in two words, `detail` for an error. */
type Tried =
  | { readonly kind: "answer"; readonly answer: WholeAnswer }
  | { readonly kind: "failed"; readonly plan: RetryPlan; readonly why: string; readonly detail: string };

/**
 * The one policy for the wire: time-outs, limits, patience, repeats, hosts, and bodies that are whole before a client
 * sees them. No token, body or query string is in its errors and records.
 */
export function createWire(options: WireOptions): Wire {
  const limits: WireLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const parts: WireParts = { options, limits, transport: lazyTransport(limits, options.transport) };
  const lanes = new Map<string, Lane>();
  const laneOf = (connector: string, policy: VendorPolicy): Lane => {
    const lane = lanes.get(connector) ?? createLane(connector, policy, parts);
    lanes.set(connector, lane);
    return lane;
  };
  return {
    fetchFor: (connector, policy, hosts, signal, urgency = 0) =>
      openWay({ urgency, repeats: "what broke" }, hosts, signal, laneOf(connector, policy), parts),
    fetchToWriteFor: (connector, policy, hosts, signal) =>
      openWay({ urgency: 0, repeats: "refusals" }, hosts, signal, laneOf(connector, policy), parts),
    records: () => [...lanes.values()].map((lane) => lane.recorder.record()).sort((a, b) => compareText(a.connector, b.connector)),
  };
}

function openWay(way: Way, allowedBaseUrls: readonly string[], signal: AbortSignal | undefined, lane: Lane, parts: WireParts): WireFetch {
  return async (input, init) => {
    const request = await plainRequest(input, init, parts.options.userAgent);
    const refusal = refusalOf(request.url, allowedBaseUrls);
    if (refusal !== null) throw new WireError(`${placeOf(request.method, request.url)} is not sent: ${refusal}`, "unavailable");
    const signals = [signal, request.signal].filter((each) => each instanceof AbortSignal);
    return abortable(signals, null, (either) => fetchPatiently(request, either, way, lane, parts));
  };
}

async function fetchPatiently(
  request: PlainRequest,
  signal: AbortSignal,
  { urgency, repeats }: Way,
  lane: Lane,
  parts: WireParts,
): Promise<Response> {
  const name = lane.policy.bucketOf(request);
  const bucket = lane.bucketNamed(name);
  const order = urgency * MOST_REQUESTS + lane.nextOrder();
  const transport = await parts.transport();
  const state = { tries: 0, waitedMs: 0 };
  for (;;) {
    const tried = await bucket.run(order, signal, tryOnce);
    if (tried.kind === "answer") return handOn(transport, tried.answer);
    if (tried.plan.kind === "give up") throw givenUp(request, tried.plan, tried.detail, state.tries, parts.limits);
    await backOff(tried.plan.waitMs, tried.why);
  }

  /** Judges while it still has its place in the queue: nothing of the bucket may start before it heard of a limit. */
  async function tryOnce(): Promise<Tried | null> {
    state.tries += 1;
    const onSend = () => lane.recorder.sent(state.tries > 1);
    const exchanged = await exchange(request, { transport, limits: parts.limits, signal, onSend });
    if (exchanged.kind === "broken") return failed(exchanged, exchanged.why, false);
    const { answer } = exchanged;
    const verdict = judgeAnswer(lane.policy, request, answer, parts.options.clock.now() / 1000);
    if (verdict.kind !== "wait") bucket.calm();
    return verdict.kind === "ok" ? exchanged : failed(verdict, answer.summary ?? verdict.why, isRefusal(verdict, answer));
  }

  /** null: back into the line of the bucket, which waits. */
  function failed(verdict: Exclude<Verdict, { kind: "ok" }>, detail: string, isRefused: boolean): Tried | null {
    const limits = isRefused || repeats === "what broke" ? parts.limits : { ...parts.limits, maxTries: 1 };
    const plan = planRetry(verdict, state, limits, parts.options.random);
    if (verdict.kind === "wait" && plan.waitMs !== null) bucket.limit(plan.waitMs, verdict.why);
    if (plan.kind === "again") state.waitedMs += plan.waitMs;
    return plan.kind === "again" && plan.limited ? null : { kind: "failed", plan, why: verdict.why, detail };
  }

  async function backOff(ms: number, why: string): Promise<void> {
    lane.recorder.waited(ms);
    parts.options.onWait?.({ connector: lane.connector, bucket: name, ms, why, allows: null });
    await parts.options.clock.sleep(ms, signal);
  }
}

function createLane(connector: string, policy: VendorPolicy, { options, limits }: WireParts): Lane {
  const recorder = createRecorder(connector, options.clock);
  const slots = new PQueue({ concurrency: policy.concurrency });
  const buckets = new Map<string, Bucket>();
  let order = 0;
  const makeBucket = (bucket: string): Bucket =>
    createBucket({
      clock: options.clock,
      name: connector,
      width: policy.concurrency,
      perMinute: policy.perMinute(bucket),
      maxWaitMs: limits.maxWaitMs,
      slots,
      onWait: (ms, why) => {
        recorder.waited(ms);
        options.onWait?.({ connector, bucket, ms, why, allows: policy.allows?.(bucket) ?? null });
      },
    });
  return {
    connector,
    policy,
    recorder,
    bucketNamed: (name) => {
      const bucket = buckets.get(name) ?? makeBucket(name);
      buckets.set(name, bucket);
      return bucket;
    },
    nextOrder: () => (order += 1),
  };
}

function handOn(transport: Transport, { url, status, statusText, headers, bytes }: WholeAnswer): Response {
  const reason = /^[\t\x20-\x7e\x80-\xff]*$/.test(statusText) ? statusText : "";
  return transport.respond(bytes, { status, statusText: reason, headers, url: url.href });
}

function givenUp(
  request: PlainRequest,
  plan: Extract<RetryPlan, { kind: "give up" }>,
  detail: string,
  tries: number,
  limits: WireLimits,
): WireError {
  const place = placeOf(request.method, request.url);
  if (plan.waitMs !== null && plan.waitMs > limits.maxWaitMs)
    return new WireError(tooLong(place, plan.waitMs, limits.maxWaitMs), plan.reason);
  return new WireError(`${place}: no usable answer in ${tries} ${tries === 1 ? "try" : "tries"} (last: ${detail})`, plan.reason);
}
