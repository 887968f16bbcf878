import { sha256 } from "../../kit/hash.js";

/**
 * What we need to find again in a file that people edit, as HTML comments that nobody sees. Text of evidence cannot
 * forge one: "<" is escaped in prose, code that holds "<!--" is shown as prose, and a mark carries a check value.
 */
const STAMP = " <!-- stamp -->";
const GENERATED = "generated: ";
const CLOSING = /^<!-- incident-timeline\/1 sha256:([0-9a-f]{64}) stamp:([0-9a-f]{16}) -->\n$/;

/** The mark at the end of an entry: its id, and a check value over the id and what was rendered for it. */
export function entryMark(id: string, rendered: string): string {
  return `<!-- e:${encodeId(id)} ${sha256(`${id}\n${rendered}`).slice(0, 12)} -->`;
}

/** A line about this build and no other: it is left out of the hash. */
export function stampLine(text: string): string {
  return `${text}${STAMP}`;
}

/** The same inside the front matter, which has no comments that survive. */
export function generatedLine(text: string): string {
  return `${GENERATED}${text}`;
}

/** The list of what stands in the file, so that a deleted entry can be told from one that is new. Short hashes of ids. */
export function listMark(ids: readonly string[]): string {
  const hashes = ids.map((id) => sha256(id).slice(0, 8));
  const lines: string[] = [];
  for (let index = 0; index < hashes.length; index += 13) lines.push(hashes.slice(index, index + 13).join(" "));
  return `<!-- listed\n${lines.join("\n")}\n-->`;
}

/** The file with its closing mark: a hash over all before it but the stamp, and one over the stamp. */
export function sealed(text: string): string {
  const { hash, stamp } = hashesOf(text);
  return `${text}<!-- incident-timeline/1 sha256:${hash} stamp:${stamp} -->\n`;
}

/** The hash in the closing mark, where the file still is as it was sealed; else null. */
export function sealOf(text: string): string | null {
  const at = text.lastIndexOf("<!-- incident-timeline/1 ");
  const closing = at === -1 ? null : CLOSING.exec(text.slice(at));
  if (!closing) return null;
  const { hash, stamp } = hashesOf(text.slice(0, at));
  return closing[1] === hash && closing[2] === stamp ? hash : null;
}

function hashesOf(text: string): { hash: string; stamp: string } {
  const lines = text.split("\n");
  const end = lines.indexOf("---", 1);
  const isStamp = (line: string, index: number) => (index < end && line.startsWith(GENERATED)) || line.endsWith(STAMP);
  return {
    hash: sha256(lines.filter((line, index) => !isStamp(line, index)).join("\n")),
    stamp: sha256(lines.filter(isStamp).join("\n")).slice(0, 16),
  };
}

/** An id inside a comment: what could end it, or would be read as two words, is percent-encoded. */
function encodeId(id: string): string {
  return id.replace(/[^\w.:/#@{}=,+-]/gu, (char) => encodeURIComponent(char.toWellFormed())).replaceAll("--", "-%2D");
}
