// Writes table.ts from the development dependency emojibase-data: Slack's short names are its "iamcal" set.
//   node connectors/slack/emoji/generate.mjs           writes the file
//   node connectors/slack/emoji/generate.mjs --print   prints what it would write, for the test that compares
import { readFileSync, writeFileSync } from "node:fs";

const read = (path) => JSON.parse(readFileSync(new URL(import.meta.resolve(`emojibase-data/en/${path}`)), "utf8"));
const LIGHT = 0x1f3fb;

/** The plain character: a variation selector only where the character is no emoji by itself. */
function character(hexcode, emoji) {
  const points = hexcode.split("-").map((hex) => Number.parseInt(hex, 16));
  const alone = String.fromCodePoint(points[0]);
  if (points.length > 1) return String.fromCodePoint(...points);
  return /^\p{Emoji_Presentation}$/u.test(alone) ? alone : emoji;
}

/** A skin tone goes behind the first character; only those emoji that are made like this are marked with "+". */
function takesTone(entry) {
  const light = entry.skins?.find((skin) => skin.tone === 1);
  if (!light) return false;
  const points = entry.hexcode.split("-").filter((hex, index) => !(index === 1 && hex === "FE0F"));
  const toned = [points[0], LIGHT.toString(16).toUpperCase(), ...points.slice(1)];
  return toned.join("-") === light.hexcode;
}

const names = read("shortcodes/iamcal.json");
const lines = [];
for (const entry of read("data.json")) {
  const known = [names[entry.hexcode] ?? []].flat();
  if (known.length > 0) lines.push(`${takesTone(entry) ? "+" : ""}${character(entry.hexcode, entry.emoji)} ${known.join(" ")}`);
}

const text = `/** Made by generate.mjs from emojibase-data (MIT), its "iamcal" names. A line: "+" if it takes a skin tone, emoji, names. */
export const EMOJI_TABLE = \`
${lines.join("\n")}
\`;
`;

if (process.argv.includes("--print")) process.stdout.write(text);
else writeFileSync(new URL("table.ts", import.meta.url), text);
