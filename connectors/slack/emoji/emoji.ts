import { EMOJI_TABLE } from "./table.js";

/** Slack's own modifiers are 2 to 6, Unicode's begin at light. */
const FIRST_TONE = 0x1f3fb;
const VARIATION = "\ufe0f";

interface Emoji {
  readonly text: string;
  readonly takesTone: boolean;
}

let table: ReadonlyMap<string, Emoji> | undefined;

/**
 * The character for a short name without colons (`+1`, `man-shrugging`), with Slack's skin tone 2 to 6 where the emoji
 * has one. null for custom emoji and for names that nobody knows.
 */
export function emojiOf(name: string, tone?: number): string | null {
  table ??= readTable();
  const found = table.get(name);
  if (!found) return null;
  return tone === undefined || !found.takesTone ? found.text : withTone(found.text, tone);
}

function withTone(text: string, tone: number): string {
  const [first, ...rest] = Array.from(text) as [string, ...string[]];
  const modifier = String.fromCodePoint(FIRST_TONE + Math.min(Math.max(tone, 2), 6) - 2);
  return first + modifier + (rest[0] === VARIATION ? rest.slice(1) : rest).join("");
}

function readTable(): ReadonlyMap<string, Emoji> {
  const known = new Map<string, Emoji>();
  for (const line of EMOJI_TABLE.trim().split("\n")) {
    const [mark, ...names] = line.split(" ") as [string, ...string[]];
    const emoji: Emoji = { text: mark.replace(/^\+/, ""), takesTone: mark.startsWith("+") };
    for (const name of names) known.set(name, emoji);
  }
  return known;
}
