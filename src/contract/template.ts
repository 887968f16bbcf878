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

/** How the owner's file is laid out. It is remembered with a build, so that an export looks the same. */
export interface DocumentStyle {
  /** Absent: the default one. */
  readonly template?: Template;
  /** Charts of findings: `files` beside it, `none`; absent: bars of text. */
  readonly charts?: "files" | "none";
}
