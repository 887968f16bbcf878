import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface WritableRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

export interface WritableAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or text as it is. */
  readonly body?: unknown;
}

/**
 * What goes wrong with a request. `refused`: 429, not done. `unsent`: the connection breaks, not done. `lost`: done, and the
 * answer never comes in. `trouble`: done, and answered with 502.
 */
export type Trouble = "refused" | "unsent" | "lost" | "trouble";

export interface WritableServer {
  readonly url: string;
  readonly requests: readonly WritableRequest[];
  /** Asked before each request. */
  trouble: (request: WritableRequest) => Trouble | null;
  close(): Promise<void>;
}

/** A service on loopback that keeps what is written to it, and can lose its answers. */
export async function serveWritable(answer: (request: WritableRequest) => WritableAnswer): Promise<WritableServer> {
  const requests: WritableRequest[] = [];
  const server = createServer((incoming, response) => {
    void (async () => {
      const url = new URL(incoming.url ?? "/", "http://loopback");
      const body = await bytesOf(incoming);
      const request = { method: incoming.method ?? "", path: url.pathname, query: url.searchParams, headers: incoming.headers, body };
      requests.push(request);
      const trouble = writable.trouble(request);
      if (trouble === "unsent") return incoming.socket.resetAndDestroy();
      if (trouble === "refused") return response.writeHead(429, { "retry-after": "1", "content-type": "application/json" }).end("{}");
      const { status = 200, headers = {}, body: said } = answer(request);
      if (trouble === "lost") return incoming.socket.resetAndDestroy();
      if (trouble === "trouble") return response.writeHead(502, { "content-type": "text/html" }).end("<p>Bad gateway</p>");
      const type = typeof said === "string" ? "text/plain" : "application/json";
      response.writeHead(status, { "content-type": type, ...headers });
      return response.end(said === undefined ? "" : typeof said === "string" ? said : JSON.stringify(said));
    })().catch(() => incoming.socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const writable: WritableServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    trouble: () => null,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return writable;
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
