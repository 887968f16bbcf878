/** A line of a Markdown file and whether it stands inside a fenced block. */
export interface Line {
  readonly text: string;
  readonly code: boolean;
}

/** Reads fences as CommonMark does: as long as the opening one or longer, with nothing behind; no backtick follows an opening one. */
export function linesOf(markdown: string): Line[] {
  let fence: string | null = null;
  return markdown.split("\n").map((text) => {
    const run = /^ *(`{3,})[^`]*$/.exec(text)?.[1];
    if (fence === null && run !== undefined) {
      fence = run;
      return { text, code: true };
    }
    const closes: boolean = fence !== null && run !== undefined && run.length >= fence.length && text.trim() === run;
    const line = { text, code: fence !== null };
    if (closes) fence = null;
    return line;
  });
}

/** The part between a heading of the second level and the next. */
export function sectionOf(markdown: string, title: string): string {
  const lines = linesOf(markdown);
  const from = lines.findIndex(({ text, code }) => !code && text === `## ${title}`);
  const next = lines.findIndex(({ text, code }, index) => index > from && !code && /^(## |<!-- listed)/.test(text));
  if (from === -1) throw new Error(`no section ${title}`);
  return lines
    .slice(from, next === -1 ? undefined : next)
    .map(({ text }) => text)
    .join("\n");
}

/** What a reader sees of escaped text: backslash escapes and hard breaks undone. */
export function unescaped(markdown: string): string {
  return markdown.replace(/\\\n */g, "\n").replace(/\\([!-/:-@[-`{-~])/g, "$1");
}
