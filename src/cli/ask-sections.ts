import type { Connector } from "../contract/connector.js";
import type { Offer } from "../contract/setup.js";
import { isGlob } from "../kit/glob.js";
import { nearestKey } from "../kit/nearest-key.js";
import { oneLine } from "../kit/text.js";
import { firstSection, hasCredentials, offersOf, usualVariables } from "./first-section.js";
import type { Io } from "./io.js";

/** Longer lists scroll the question away. */
const MOST_SHOWN = 40;

export interface Asking extends Io {
  readonly ask: NonNullable<Io["ask"]>;
}

/** Which names of one source are read, as whoever sits at the terminal says; null: the source is not used. */
export async function askNames(connector: Connector, apiUrl: string | undefined, io: Asking): Promise<readonly string[] | null> {
  const { setup, name } = connector;
  if (setup === undefined) return null;
  const variables = [...usualVariables(connector).values()].join(" and ");
  const offers = await listed(connector, variables, apiUrl, io);
  for (;;) {
    const empty = setup.usual?.length === 0 ? "Enter: none" : `Enter: no ${name}`;
    const typed = await io.ask(`${name} ${setup.list}, such as ${setup.example}, separated by commas (${empty}): `);
    const names = listOf(typed);
    if (names.length === 0) return setup.usual?.length === 0 && hasCredentials(connector, io) ? [] : null;
    const wrong = connector.config.schema.safeParse(firstSection(connector, names, apiUrl)).error?.issues ?? [];
    if (wrong.length > 0) {
      io.err.write(`${wrong.map(({ message }) => oneLine(message)).join("\n")}\n`);
      continue;
    }
    const doubts = names.flatMap((each) => doubtOf(each, offers));
    if (doubts.length === 0) return names;
    io.err.write(`${doubts.join("\n")}\n`);
    if (/^y(?:es)?$/i.test((await io.ask("Take them as they are? y or n: ")).trim())) return names;
  }
}

/** At commas, but for those inside of the brackets of a query. */
function listOf(typed: string): string[] {
  const names = [""];
  let depth = 0;
  for (const char of typed) {
    if ("{([".includes(char)) depth += 1;
    if ("})]".includes(char)) depth -= 1;
    if (char === "," && depth <= 0) names.push("");
    else names.push(`${names.pop()}${char}`);
  }
  return names.map((name) => name.trim()).filter((name) => name !== "");
}

async function listed(connector: Connector, variables: string, apiUrl: string | undefined, io: Asking): Promise<readonly Offer[]> {
  const { setup, name } = connector;
  if (!hasCredentials(connector, io)) {
    io.err.write(`\n${name}: ${variables} not set. ${setup!.credentials}.\n`);
    return [];
  }
  const offers = await offersOf(connector, apiUrl, io);
  if (typeof offers === "string") {
    io.err.write(`\n${name}: ${variables} found; its ${setup!.list} cannot be listed: ${offers}.\n`);
    return [];
  }
  const shown = offers.slice(0, MOST_SHOWN).map(({ name: each, note }) => `  ${oneLine(each)}${note === null ? "" : `  (${note})`}`);
  const more = offers.length > shown.length ? [`  and ${offers.length - shown.length} more`] : [];
  io.err.write([`\n${name}: ${variables} found; ${offers.length} ${setup!.list}`, ...shown, ...more, ""].join("\n"));
  return offers;
}

/** What was typed and is in no list, with what was probably meant. Patterns and queries are nobody's names. */
function doubtOf(typed: string, offers: readonly Offer[]): string[] {
  const bare = typed.replace(/^#/, "").toLowerCase();
  if (offers.length === 0 || isGlob(typed) || typed.includes("=") || offers.some(({ name }) => name.toLowerCase() === bare)) return [];
  const near = nearestKey(
    bare,
    offers.map(({ name }) => name),
  );
  return [`There is no ${oneLine(typed)} in the list${near === null ? "" : `; did you mean ${near}?`}`];
}
