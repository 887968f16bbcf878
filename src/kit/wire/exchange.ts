import { abortable } from "./abort.js";
import { excerptOf, failureCode, placeOf } from "./describe.js";
import { redirectTarget } from "./hosts.js";
import { readJson, type BodyContent } from "./json-body.js";
import type { PlainRequest } from "./plain-request.js";
import { readBody } from "./read-body.js";
import type { Transport } from "./transport.js";
import { WireError, type WireAnswer, type WireLimits } from "./types.js";

/** An answer that came in whole. */
export interface WholeAnswer extends WireAnswer {
  readonly url: URL;
  readonly statusText: string;
  /** null where the status has no body, and where none came. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  /** Status, type and beginning of what is no JSON, for an error; null for JSON, which is nobody's business. */
  readonly summary: string | null;
}

/** Either a whole answer, or what broke: an answer in part counts as none. */
export type Exchanged = { readonly kind: "answer"; readonly answer: WholeAnswer } | { readonly kind: "broken"; readonly why: string };

interface Exchanging {
  readonly transport: Transport;
  readonly limits: WireLimits;
  readonly signal: AbortSignal;
  /** Called before each request that is sent; what it returns, with the headers of the answer. */
  readonly onSend: () => (headers: Headers) => void;
}

type UndiciResponse = Awaited<ReturnType<Transport["fetch"]>>;

/**
 * One try: sends the request, follows what may be followed, reads the body to its end.
 *
 * @throws {WireError} for what another try would not change; the signal's reason when it is aborted.
 */
export async function exchange(request: PlainRequest, with_: Exchanging): Promise<Exchanged> {
  try {
    return await abortable([with_.signal], with_.limits.wholeMs, async (signal) => {
      const { response, url } = await sendAndFollow(request, { ...with_, signal });
      return await wholeAnswer(request, url, response, with_.limits);
    });
  } catch (error) {
    with_.signal.throwIfAborted();
    if (error instanceof WireError) throw error;
    const code = failureCode(error);
    if (isCertificateFailure(code)) throw refused(request, `the host's certificate is not accepted (${code})`);
    return { kind: "broken", why: code };
  }
}

async function sendAndFollow(request: PlainRequest, { transport, limits, signal, onSend }: Exchanging) {
  let url = request.url;
  for (let followed = 0; ; followed += 1) {
    const onHeaders = onSend();
    const response = await transport.fetch(url, {
      method: request.method,
      headers: { ...request.headers },
      body: request.body,
      redirect: "manual",
      signal,
    });
    onHeaders(response.headers);
    if (response.status < 300 || response.status > 399 || response.status === 304) return { response, url };
    await response.body?.cancel();
    const target = redirectTarget(request.method, url, response.status, response.headers.get("location"));
    if (target === null) throw refused(request, `it was answered with a redirect (${response.status}) that is not followed`);
    if (followed === limits.maxRedirects) throw refused(request, `it was redirected more than ${limits.maxRedirects} times`);
    url = target;
  }
}

async function wholeAnswer(request: PlainRequest, url: URL, response: UndiciResponse, limits: WireLimits): Promise<Exchanged> {
  const { status, statusText } = response;
  if (status < 200 || status > 599) return { kind: "broken", why: `status ${status}` };
  const body = await readBody(response.body, limits.maxBytes);
  if (body === null) throw malformed(request, `its answer has more than ${limits.maxBytes} bytes`);
  const content = readJson(body, limits.maxDepth);
  if (content.kind === "too deep") throw malformed(request, `its answer nests deeper than ${limits.maxDepth} levels`);
  const headers = headersOf(response, content);
  const bytes = status === 204 || status === 205 || status === 304 || body.byteLength === 0 ? null : body;
  const isJson = content.kind === "json";
  const read = { json: isJson ? content.value : undefined, summary: isJson ? null : summaryOf(response, body) };
  return { kind: "answer", answer: { url, status, statusText, headers, bytes, ...read } };
}

/** The body is inflated and complete, and JSON is called JSON: clients go by the label. */
function headersOf(response: UndiciResponse, content: BodyContent): Headers {
  const headers = new Headers([...response.headers]);
  for (const name of ["content-encoding", "content-length", "transfer-encoding"]) headers.delete(name);
  if (content.kind === "json" && !/^application\/json\b/i.test(headers.get("content-type") ?? ""))
    headers.set("content-type", "application/json; charset=utf-8");
  return headers;
}

function summaryOf(response: UndiciResponse, body: Uint8Array): string {
  const type = response.headers.get("content-type")?.split(";")[0]?.trim() ?? "";
  const beginning = excerptOf(new TextDecoder().decode(body.subarray(0, 4000)));
  return `status ${response.status}, ${type === "" ? "no type" : excerptOf(type)}, ${beginning === "" ? "no body" : `"${beginning}"`}`;
}

function isCertificateFailure(code: string): boolean {
  return /^(?:CERT_|ERR_TLS_CERT_|UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF)|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|HOSTNAME_MISMATCH)/.test(
    code,
  );
}

function refused(request: PlainRequest, why: string): WireError {
  return new WireError(`${placeOf(request.method, request.url)}: ${why}`, "unavailable");
}

function malformed(request: PlainRequest, why: string): WireError {
  return new WireError(`${placeOf(request.method, request.url)}: ${why}`, "malformed");
}
