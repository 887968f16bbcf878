/**
 * Words on lines of at most `width` characters, later lines indented; a word that is longer stays whole, so that ids and
 * links can be copied. Spaces before the first word stay. Null: one line, for whoever reads lines.
 */
export function wrap(text: string, width: number | null, indent: string): string {
  if (width === null) return text;
  const room = Math.max(20, width);
  const words = text.trimStart();
  const lead = text.slice(0, text.length - words.length);
  const lines: string[] = [];
  let line = "";
  for (const word of words.split(" ")) {
    const longer = line === "" ? `${lines.length === 0 ? lead : ""}${word}` : `${line} ${word}`;
    if (line !== "" && longer.length > room - (lines.length === 0 ? 0 : indent.length)) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].join(`\n${indent}`);
}
