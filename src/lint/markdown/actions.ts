import type { ActionItem } from "./block.js";

interface Cell {
  readonly start: number;
  readonly text: string;
}

const SECTION =
  /^[\s*_\d.]*(?:action items?|actions|action points?|follow[- ]?ups?(?: items?| actions?)?|next steps|remediations?|remediation items?|to-?dos?)[\s*_:]*$/i;

/** Gathers what is to be done from the sections whose heading says that they hold action items. */
export class ActionCollector {
  private readonly found: ActionItem[] = [];
  private sectionLevel: number | null = null;
  private open: { start: number; text: string; indent: number; end: number } | null = null;
  private columns: { action: number; doneWhen: number; owner: number } | null = null;

  heading(text: string, level: number): void {
    this.close();
    this.columns = null;
    if (SECTION.test(text)) this.sectionLevel = level;
    else if (this.sectionLevel !== null && level <= this.sectionLevel) this.sectionLevel = null;
  }

  /** A list item; one that stands further in than the item before it tells more about that one. */
  item(start: number, text: string, indent: number): void {
    if (this.sectionLevel === null) return;
    if (this.open !== null && indent > this.open.indent) return this.more(start, text);
    this.close();
    this.open = { start, text, indent, end: start + text.trimEnd().length };
  }

  more(_start: number, text: string): void {
    if (this.open !== null) this.open.text += ` ${text.trim()}`;
  }

  row(start: number, text: string, cells: readonly Cell[]): void {
    if (this.sectionLevel === null) return;
    this.close();
    if (this.columns === null) {
      const find = (pattern: RegExp) => cells.findIndex((cell) => pattern.test(cell.text));
      this.columns = {
        action: Math.max(0, find(/action|task|what|item|description/i)),
        doneWhen: find(/done|accept|verif|measure|success|how to tell/i),
        owner: find(/owner|assignee|who|responsible/i),
      };
      return;
    }
    if (cells.every((cell) => cell.text.trim() === "")) return;
    const cell = (index: number) => (index < 0 ? null : (cells[index]?.text.trim() ?? ""));
    const { action, doneWhen, owner } = this.columns;
    const first = cells[action];
    this.found.push({
      start: first?.start ?? start,
      end: first === undefined ? start + text.length : first.start + first.text.trimEnd().length,
      action: cell(action) ?? "",
      doneWhen: cell(doneWhen),
      owner: cell(owner),
      text,
    });
  }

  end(): readonly ActionItem[] {
    this.close();
    return this.found;
  }

  private close(): void {
    const { open } = this;
    this.open = null;
    if (open === null || open.text.trim() === "") return;
    this.found.push({ start: open.start, end: open.end, action: open.text, doneWhen: null, owner: null, text: open.text });
  }
}
