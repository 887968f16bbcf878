import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { createGzip } from "node:zlib";

/** One answer of the server, good or bad. */
export type Step = (response: ServerResponse, request: IncomingMessage) => void | Promise<void>;

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface FaultServer {
  /** `http://127.0.0.1:<port>`, without a slash. */
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

/**
 * A server on loopback with scripted answers per path. The steps of a path are taken one after the other, the last one
 * for all further requests; a path that is not in the script is answered with 404.
 */
export async function faultServer(script: Readonly<Record<string, readonly Step[]>>): Promise<FaultServer> {
  const requests: SeenRequest[] = [];
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? "/", "http://loopback");
      const body = await textOf(request);
      requests.push({ method: request.method ?? "", path: url.pathname, query: url.search, headers: request.headers, body });
      const steps = script[url.pathname] ?? [json({ message: "Not Found" }, { status: 404 })];
      const count = asked.get(url.pathname) ?? 0;
      asked.set(url.pathname, count + 1);
      await steps[Math.min(count, steps.length - 1)]!(response, request);
    })().catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of request.setEncoding("utf8")) text += String(piece);
  return text;
}

interface Head {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export function json(value: unknown, head: Head = {}): Step {
  return text(JSON.stringify(value), { ...head, headers: { "content-type": "application/json", ...head.headers } });
}

export function text(body: string | Uint8Array, { status = 200, headers = {} }: Head = {}): Step {
  return (response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** What a gateway or a sign-in page sends. */
export function html(status = 200, body = "<!doctype html><title>Sign in</title>"): Step {
  return text(body, { status, headers: { "content-type": "text/html" } });
}

/** The connection is reset after `bytes` of a body, before any header when that is null. */
export function reset(bytes: number | null = null): Step {
  return (response, request) => {
    if (bytes === null) return void request.socket.resetAndDestroy();
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write("[".padEnd(bytes, " "), () => request.socket.resetAndDestroy());
  };
}

/** A chunked body that ends without its last chunk, on a connection that was announced to close. */
export function cutChunked(body: string, type = "application/json"): Step {
  return raw(
    `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n` +
      `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`,
  );
}

/** A body that is shorter than its `Content-Length` says. */
export function shortBody(body: string): Step {
  return raw(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body) + 100}\r\n\r\n${body}`);
}

/** Bytes as they are; then the connection ends. */
export function raw(bytes: string): Step {
  return (_response, request) => void request.socket.end(bytes);
}

/** Never answers, or never ends its body. */
export function hang(where: "headers" | "body"): Step {
  return (response) => {
    if (where === "body") response.writeHead(200, { "content-type": "application/json" }).write("[1,");
  };
}

/** A byte at a time, for ever: no silence is long, and the end never comes. */
export function drip(everyMs: number): Step {
  return (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const timer = setInterval(() => response.write(" "), everyMs);
    response.on("close", () => clearInterval(timer));
  };
}

/** `megabytes` of spaces, packed. */
export function gzipBomb(megabytes: number): Step {
  return (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    const piece = Buffer.alloc(1024 * 1024, " ");
    const pieces = Readable.from(
      (function* () {
        for (let count = 0; count < megabytes; count += 1) yield piece;
      })(),
    );
    pieces
      .pipe(createGzip())
      .pipe(response)
      .on("error", () => undefined);
  };
}
