import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Received, ReceivedRequest } from "../contract/notice.js";
import type { Log } from "./ports.js";
import { readRequestBody } from "./read-request-body.js";
import type { Standing } from "./standing.js";

/** What came of a request to `/notices/`, when it is in the store. */
export type Told = "accepted" | "replayed" | Extract<Received, { kind: "refused" }>;

export interface ServeOptions {
  /** 0: any that is free. */
  readonly port: number;
  readonly log: Log;
  standing(): Standing;
  metrics(): Promise<{ readonly contentType: string; readonly text: string }>;
  /** Resolves when it is kept: whoever sent it may forget it then. */
  tell(request: ReceivedRequest): Promise<Told>;
}

export interface Serving {
  readonly port: number;
  close(): Promise<void>;
}

const JSON_TYPE = "application/json; charset=utf-8";
const PATIENCE_MS = 10_000;

/**
 * Health, readiness, metrics and notices, on loopback alone: whoever wants it from elsewhere puts a proxy before it.
 * @throws when the port is taken.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const server = createServer({ requestTimeout: PATIENCE_MS, headersTimeout: PATIENCE_MS, maxHeaderSize: 16_384 }, (request, response) => {
    answer(request, response, options).catch((error: unknown) => {
      options.log("error", "request failed", { error: error instanceof Error ? error.name : "Error" });
      if (!response.headersSent) say(response, 500, { error: "not done; send it again" });
      else response.destroy();
    });
  });
  server.maxConnections = 64;
  server.listen({ host: "127.0.0.1", port: options.port });
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, options: ServeOptions): Promise<void> {
  const path = (request.url ?? "/").split("?", 1)[0]!;
  if (path.startsWith("/notices/")) return notice(path.slice("/notices/".length), request, response, options);
  if (request.method !== "GET" && request.method !== "HEAD") return say(response, 405, { error: "only GET" }, { allow: "GET, HEAD" });
  if (path === "/health") return say(response, 200, { status: "alive" });
  if (path === "/ready") return ready(response, options.standing());
  if (path !== "/metrics") return say(response, 404, { error: "/health, /ready, /metrics, /notices/NAME" });
  const { contentType, text } = await options.metrics();
  response.writeHead(200, { "content-type": contentType, "cache-control": "no-store" }).end(request.method === "HEAD" ? "" : text);
}

/** Not ready: it cannot see what happens, or is behind with it. */
function ready(response: ServerResponse, { late, blind, atWork, oldestDueMicros }: Standing): void {
  const isReady = late.length === 0 && blind.length === 0;
  say(response, isReady ? 200 : 503, {
    status: isReady ? "ready" : "not ready",
    incidents: atWork,
    incidentsLate: late.length,
    oldestDueSeconds: Math.round(oldestDueMicros / 1_000_000),
    notLookedAt: blind,
  });
}

async function notice(name: string, request: IncomingMessage, response: ServerResponse, options: ServeOptions): Promise<void> {
  if (request.method !== "POST") return say(response, 405, { error: "only POST" }, { allow: "POST" });
  const body = await readRequestBody(request);
  if (body === null) return say(response, 413, { error: "the body is too large" }, { connection: "close" });
  const told = await options.tell({ name, headers: headersOf(request), body });
  if (told === "accepted") return say(response, 202, { status: "accepted" });
  if (told === "replayed") return say(response, 200, { status: "had it before" });
  say(response, told.status, { error: told.reason });
}

function headersOf({ headersDistinct }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headersDistinct).map(([name, values]) => [name, values?.[0] ?? ""]));
}

function say(response: ServerResponse, status: number, body: object, headers: Readonly<Record<string, string>> = {}): void {
  response
    .writeHead(status, { "content-type": JSON_TYPE, "cache-control": "no-store", "x-content-type-options": "nosniff", ...headers })
    .end(`${JSON.stringify(body)}\n`);
}
