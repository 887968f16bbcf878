import { sha256 } from "../kit/hash.js";

const SEAL = /sha256:([0-9a-f]{64}) seal:([0-9a-f]{16})/;

/**
 * A file whose last line is the stamp of its build, with a seal in it: a hash over the content before that line, and one
 * over the line itself. So a file that was touched anywhere is known without a second file beside it.
 *
 * @param content All lines but the last, each with its end.
 * @param stampLine The last line with its end, around the text of the seal. It stays one line.
 */
export function sealed(content: string, stampLine: (seal: string) => string): string {
  const hash = sha256(content);
  return `${content}${stampLine(`sha256:${hash} seal:${checkOf(stampLine(""))}`)}`;
}

/** The hash over the content, where the file still is as it was sealed; else null. Lines end in a line feed. */
export function sealedHash(text: string): string | null {
  if (!text.endsWith("\n")) return null;
  const start = text.lastIndexOf("\n", text.length - 2) + 1;
  const last = text.slice(start);
  const found = SEAL.exec(last);
  if (found === null || checkOf(last.replace(SEAL, "")) !== found[2]) return null;
  const hash = sha256(text.slice(0, start));
  return found[1] === hash ? hash : null;
}

function checkOf(stampLine: string): string {
  return sha256(stampLine).slice(0, 16);
}
