import type { ExportInput } from "../../contract/export.js";
import type { GeneratedUnit } from "../../contract/owner-file.js";
import { SLOTS, type DocumentStyle, type Slot, type Template } from "../../contract/template.js";
import { line } from "./body.js";
import { parseTemplate } from "./parse-template.js";
import { DEFAULT_TEMPLATE } from "./templates.js";

/** A block of ours: what it is called where it was left out, and how it is made. */
export interface Block {
  readonly name: string;
  units(input: ExportInput): readonly GeneratedUnit[];
}

/** The document behind its front matter: blocks and the template's own lines, in the order of the template. */
export function fromTemplate(
  front: readonly GeneratedUnit[],
  input: ExportInput,
  blocks: Readonly<Record<Slot, Block>>,
): readonly GeneratedUnit[] {
  const { parts } = parseTemplate(templateOf(input).text);
  const units = [...front];
  const seen = new Map<string, number>();
  const leftOut = leftOutText(input, blocks);
  for (const part of parts) {
    if ("slot" in part) {
      units.push(...blocks[part.slot].units(input));
      if (part.slot === "coverage" && leftOut !== null) units.push(leftOutUnit("coverage", leftOut));
    } else units.push(ownLine(part.text, part.gap, units.at(-1), seen));
  }
  if (leftOut !== null && !shows(input, "coverage")) units.push(leftOutUnit(units.at(-1)?.section ?? "template", leftOut));
  return units;
}

/** Whether the document has a block at all: what points to it says so only then. */
export function shows({ style }: { readonly style?: DocumentStyle | undefined }, slot: Slot): boolean {
  const template = style?.template;
  return template === undefined || parseTemplate(template.text).parts.some((part) => "slot" in part && part.slot === slot);
}

function templateOf({ style }: ExportInput): Template {
  return style?.template ?? DEFAULT_TEMPLATE;
}

/**
 * A line of the template. Its key is what it says, so that a line that is put in above it changes nothing for those below;
 * its section is that of the heading above it, as the merge finds it in a file.
 */
function ownLine(text: string, gap: 1 | 2, before: GeneratedUnit | undefined, seen: Map<string, number>): GeneratedUnit {
  const nth = (seen.get(text) ?? 0) + 1;
  seen.set(text, nth);
  const key = `template/${text}${nth === 1 ? "" : `~${nth}`}`;
  const isHeading = /^ {0,3}#{1,2}(?:[ \t]|$)/.test(text);
  const afterBlock = before !== undefined && !before.key.startsWith("template/");
  return { key, section: isHeading || before === undefined ? key : before.section, text, gap: afterBlock ? 2 : gap, prompt: true };
}

function leftOutUnit(section: string, text: string): GeneratedUnit {
  return { key: `${section}/left out by the template`, section, text: `_${text}_`, gap: 2 };
}

/** Null: nothing that there is to show is left out. */
function leftOutText(input: ExportInput, blocks: Readonly<Record<Slot, Block>>): string | null {
  const missing = SLOTS.filter((slot) => !shows(input, slot) && blocks[slot].units(input).length > 0);
  if (missing.length === 0) return null;
  return `The template ${line(templateOf(input).name, 80)} leaves out: ${missing.map((slot) => blocks[slot].name).join(", ")}.`;
}
