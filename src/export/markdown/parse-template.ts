import { SLOTS, type Slot } from "../../contract/template.js";
import { nearestKey } from "../../kit/nearest-key.js";
import { oneLine, shorten } from "../../kit/text.js";

/** A block of ours, or a line of the template's own: code between fences is one piece, as the merge takes it. */
export type TemplatePart = { readonly slot: Slot } | { readonly text: string; readonly gap: 1 | 2 };

/** Something that keeps a template from being used. */
export interface TemplateProblem {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** A template in its pieces, and everything that is wrong with it, in its order. */
export function parseTemplate(text: string): { readonly parts: readonly TemplatePart[]; readonly problems: readonly TemplateProblem[] } {
  const lines = text.split("\n").map((line) => line.trimEnd());
  const parts: TemplatePart[] = [];
  const problems: TemplateProblem[] = [];
  const firstUse = new Map<Slot, number>();
  const problem = (at: number, said: string) => void problems.push({ line: at + 1, text: said });
  if (lines[0] === "---") problem(0, "front matter is written by every build; take it out of the template");
  let gap: 1 | 2 = 2;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (line === "") {
      gap = 2;
      continue;
    }
    if (holdsMark(line)) problem(at, "this comment is a mark of a file that was built; a template has none");
    const end = blockEnd(lines, at);
    if (end === null) problem(at, "this code block is not closed");
    if (end !== at) {
      const until = end ?? at;
      parts.push({ text: lines.slice(at, until + 1).join("\n"), gap });
      at = until;
    } else {
      const slot = slotIn(line, at);
      parts.push(slot === null ? { text: line, gap } : { slot });
    }
    gap = 1;
  }
  return { parts, problems };

  /** The slot that a line is; null for a line of text. */
  function slotIn(line: string, at: number): Slot | null {
    const written = line.includes("}}") ? /\{\{([^{}]{0,200})\}\}/.exec(line) : null;
    if (written === null) return null;
    const name = written[1]!.trim();
    const slot = SLOTS.find((each) => each === name);
    if (slot === undefined) problem(at, unknownSlot(name));
    else if (line.trim() !== written[0]) problem(at, `{{ ${slot} }} stands on a line of its own, without anything beside it`);
    else if (firstUse.has(slot)) problem(at, `{{ ${slot} }} stands in line ${firstUse.get(slot)! + 1} already; each slot is used once`);
    else firstUse.set(slot, at);
    return slot ?? null;
  }
}

/** Number of the last line of the code block that begins at a line; the line itself where none does; null: not closed. */
function blockEnd(lines: readonly string[], at: number): number | null {
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(lines[at]!)?.[1];
  if (fence === undefined) return at;
  const end = lines.findIndex((line, index) => index > at && isFence(line.trim(), fence));
  return end === -1 ? null : end;
}

function isFence(line: string, fence: string): boolean {
  return line.length >= fence.length && line === fence[0]!.repeat(line.length);
}

function holdsMark(line: string): boolean {
  return line.includes("<!-- incident-timeline/") || /<!--[ \t]{0,9}e:/.test(line);
}

function unknownSlot(name: string): string {
  const near = nearestKey(name, SLOTS);
  const shown = shorten(oneLine(name), 60);
  return `there is no slot "${shown}"; ${near === null ? `expected one of ${SLOTS.join(", ")}` : `did you mean {{ ${near} }}?`}`;
}
