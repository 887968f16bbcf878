import { SLOTS, type Slot, type Template } from "../../contract/template.js";

/** For readers in a hurry: what happened, in which order, and what only the owner can say. */
const SHORT: readonly Slot[] = ["title", "questions", "before", "timeline", "sections", "coverage"];

export const DEFAULT_TEMPLATE: Template = { name: "default", text: textOf(SLOTS) };

/** Those that come with the program, by the names that people choose them by. */
export const BUILTIN_TEMPLATES: readonly Template[] = [DEFAULT_TEMPLATE, { name: "short", text: textOf(SHORT) }];

function textOf(slots: readonly Slot[]): string {
  return slots.map((slot) => `{{ ${slot} }}\n`).join("\n");
}
