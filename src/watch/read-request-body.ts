import type { IncomingMessage } from "node:http";

/** Far above what any of the known senders sends. */
const MOST_BYTES = 1_048_576;

/** The whole body; null when it is longer than a megabyte: the rest is not read. @throws when the sender went away. */
export async function readRequestBody(request: IncomingMessage): Promise<Uint8Array | null> {
  const promised = Number(request.headers["content-length"] ?? 0);
  if (promised > MOST_BYTES) return null;
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > MOST_BYTES) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
