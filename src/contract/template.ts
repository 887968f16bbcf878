/** The blocks that a template has places for: `{{ timeline }}` on a line of its own. In the order of the default one. */
export const SLOTS = [
  "title",
  "questions",
  "milestones",
  "before",
  "timeline",
  "changes",
  "metrics",
  "open-questions",
  "participants",
  "glossary",
  "sections",
  "coverage",
  "rest",
] as const;
export type Slot = (typeof SLOTS)[number];

/** In which order our blocks stand in the owner's file, and what a team has written around them. */
export interface Template {
  /** As people choose it: `short`, `postmortem.md`. */
  readonly name: string;
  /** Markdown with slots, lines ended by line feeds. */
  readonly text: string;
}

/** How findings in metrics are drawn: as SVG files beside the Markdown, as bars of text in it, or not at all. */
export const CHARTS = ["files", "inline", "none"] as const;

/** How the owner's file is laid out. */
export interface DocumentStyle {
  /** Absent: the default one. */
  readonly template?: Template;
  /** Charts of findings: `inline`, `none`; absent: files beside it. */
  readonly charts?: "inline" | "none";
}

const PARTS = ["template", "charts"] as const;

/** As it is remembered with a build, so that exports and later builds look the same. */
export interface ChosenStyle extends DocumentStyle {
  /** What of it was chosen by hand for this incident, and does not come from the config. */
  readonly chosen?: readonly (typeof PARTS)[number][];
}

/** What was chosen by hand stays until it is chosen otherwise; the rest is as the config has it by now. */
export function keptStyle(asked: ChosenStyle, last: ChosenStyle | undefined): ChosenStyle {
  const isChosen = (part: (typeof PARTS)[number], style?: ChosenStyle) => style?.chosen?.includes(part) === true;
  const of = (part: (typeof PARTS)[number]) => (!isChosen(part, asked) && isChosen(part, last) ? last! : asked);
  const [{ template }, { charts }] = [of("template"), of("charts")];
  const chosen = PARTS.filter((part) => isChosen(part, asked) || isChosen(part, last));
  return { ...(template ? { template } : {}), ...(charts ? { charts } : {}), ...(chosen.length > 0 ? { chosen } : {}) };
}
