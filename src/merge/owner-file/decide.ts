import type { EntryForm, GeneratedUnit } from "../../contract/owner-file.js";
import type { BaseRecord } from "./base.js";
import { besideLine, withoutBeside } from "./beside.js";
import { contentHash, NEW_FLAG } from "./canonical.js";
import { entryMark, withMark } from "./marks.js";
import type { Found } from "./match.js";
import type { FileUnit } from "./parse.js";
import { isTicked, ontoTimeline, unticked } from "./ticked.js";
import { hashesOf } from "./unit-hashes.js";

/** What becomes of one generated unit. */
export type Decision =
  /** It stands as it should, or the owner has deleted or changed it: nothing is touched. */
  | { readonly do: "keep" }
  /** In its place, another text. */
  | { readonly do: "replace"; readonly text: string }
  /** The text that stands there, with something of ours added or taken away. */
  | { readonly do: "rewrite"; readonly text: string; readonly conflict: boolean }
  /** Out of its place, and into the one that the new draft has for it. */
  | { readonly do: "move"; readonly text: string }
  | { readonly do: "insert"; readonly text: string };

/** What is known where a unit was generated before. */
export interface Meeting {
  readonly unit: GeneratedUnit;
  readonly record: BaseRecord;
  readonly found: Found;
  readonly piece: FileUnit;
  /** The new draft has another place for it, and the owner has not moved it. */
  readonly toMove: boolean;
  /** It stands under "not on the timeline yet". */
  readonly inRest: boolean;
  readonly refresh: boolean;
  readonly restored: boolean;
}

/**
 * A unit that is new is put in; one that was in the file before and is no more has been deleted, and stays so. An entry
 * that there was no place for is new when the draft puts it on the timeline.
 */
export function decideAbsent(unit: GeneratedUnit, record: BaseRecord | undefined, flagged: boolean): Decision {
  const wasNever = record === undefined || (record.entry?.form === "none" && unit.entry?.form === "timeline");
  return wasNever ? { do: "insert", text: fullText(unit, flagged) } : { do: "keep" };
}

/** Last generated, the owner's, newly generated: what changed on one side only is taken from there, and the owner's words win. */
export function decide(meeting: Meeting): Decision {
  const { unit, record, found, piece } = meeting;
  if (unit.entry && meeting.restored && !piece.ids.includes(unit.entry.id)) return restore(unit, piece);
  if (unit.entry && meeting.inRest && isTicked(piece.raw)) return { do: "move", text: tickedText(meeting) };
  if (unit.entry && !standsAs(unit.entry.form, record)) return changedForm(meeting);
  const changed = hashesOf(unit).content !== record.content;
  if (found.touched) return changed && unit.entry && piece.kind === "item" ? beside(unit, piece) : { do: "keep" };
  if (unit.stamp && !meeting.refresh) return { do: "keep" };
  if (meeting.toMove) return { do: "move", text: fullText(unit, false) };
  if (changed) return { do: "replace", text: fullText(unit, false) };
  return meeting.refresh && unit.entry ? withoutFlag(piece) : { do: "keep" };
}

/** As it stands in the file: with its mark, and with the flag where it is new since the last build. */
export function fullText(unit: GeneratedUnit, flagged: boolean): string {
  const { text, entry } = unit;
  if (entry === undefined) return text;
  const shown = flagged ? `${text.slice(0, entry.flagAt)}${NEW_FLAG}${text.slice(entry.flagAt)}` : text;
  return withMark(shown, entryMark(entry.id, hashesOf(unit).content));
}

function standsAs(form: EntryForm, { entry }: BaseRecord): boolean {
  return entry?.form === form || (entry?.form === "held" && form === "box");
}

/** From a checkbox to the timeline: where the draft puts it forward now, and the owner has left it where it was. */
function changedForm(meeting: Meeting): Decision {
  const { unit, found, inRest } = meeting;
  if (found.touched || unit.entry!.form === "box") return { do: "keep" };
  return inRest ? { do: "move", text: fullText(unit, true) } : { do: "replace", text: fullText(unit, false) };
}

function tickedText({ unit, record, piece }: Meeting): string {
  const asGenerated = standsAs("box", record) && contentHash(unticked(piece.raw)) === record.content;
  return asGenerated ? fullText(unit, false) : ontoTimeline(piece.raw, unit);
}

/** The source says something else than when the owner wrote: shown under the owner's words, which stay. */
function beside(unit: GeneratedUnit, { raw }: FileUnit): Decision {
  const own = withoutBeside(raw);
  const eol = raw.includes("\r\n") ? "\r\n" : "\n";
  return { do: "rewrite", text: `${own}${eol}${besideLine(firstParagraph(unit.text))}`, conflict: true };
}

function firstParagraph(text: string): string {
  const paragraph = text.split("\n\n", 1)[0]!.replace(/^- (?:\[ \] )?/, "");
  return paragraph
    .split("\n")
    .map((line) => line.trim())
    .join(" ");
}

/** Another editor has taken the mark away; the words around it are the owner's. */
function restore(unit: GeneratedUnit, { raw }: FileUnit): Decision {
  return { do: "rewrite", text: withMark(raw, entryMark(unit.entry!.id, hashesOf(unit).content)), conflict: false };
}

/** It is not new any more. */
function withoutFlag({ raw }: FileUnit): Decision {
  return raw.includes(NEW_FLAG) ? { do: "rewrite", text: raw.replace(NEW_FLAG, ""), conflict: false } : { do: "keep" };
}
