import { readReferences } from "../collect/index.js";
import type { Person } from "../contract/item.js";
import { ExitCode, UsageError } from "../kit/errors.js";
import { nearestKey } from "../kit/nearest-key.js";
import { oneLine, shorten, visible } from "../kit/text.js";
import { accountKey, accountReferences, suggestPeople, type AccountReference } from "../normalize/index.js";
import { clockText, counted } from "./clock-text.js";
import type { Io } from "./io.js";
import { withDraft, type OpenDraft } from "./open-draft.js";

export interface WhoFlags {
  readonly suggest?: boolean;
  readonly printNames?: boolean;
  readonly incident?: string;
  readonly config?: string;
}

/** `timeline who`: the one place where names are printed. Into a file or a pipe they go only when that is asked for. */
export async function runWhoCommand(words: readonly string[], flags: WhoFlags, io: Io): Promise<ExitCode> {
  if (io.columns === undefined && flags.printNames !== true)
    throw new UsageError("Names are shown on a terminal only, and this is none.", {
      id: "NAMES_NOT_PRINTED",
      hint: "Give --print-names if they may go where the output goes.",
    });
  await withDraft(flags, io, async (open) => {
    const accounts = accountReferences(await readReferences(open.store, open.build.owners));
    const text = flags.suggest === true ? suggestText(open, accounts) : whoText(words.join(" "), open, accounts);
    io.out(`${visible(text)}\n`);
  });
  return ExitCode.done;
}

function whoText(role: string, open: OpenDraft, accounts: readonly AccountReference[]): string {
  const { people } = open.draft;
  const chosen = role === "" ? people : people.filter((person) => isCalled(roleOf(person, open).toLowerCase(), role.toLowerCase()));
  if (chosen.length === 0) throw unknown(role, open);
  return chosen.map((person) => personText(person, open, accounts)).join("\n");
}

/** `responder B`, or its letter alone. */
function isCalled(role: string, written: string): boolean {
  return role === written || role.endsWith(` ${written}`);
}

function personText(person: Person, open: OpenDraft, accounts: readonly AccountReference[]): string {
  const acted = open.draft.entries.filter((entry) => entry.person === person.key);
  const deeds = acted.length === 0 ? "named only" : `${counted(acted.length, "entry", "entries")}, the first at ${clockText(acted[0]!.at)}`;
  const lines = person.accounts.map((key) => {
    const known = accounts.find((each) => accountKey(each.connector, each.id) === key);
    const names = known === undefined ? [] : [...new Set([...known.names, ...(known.handle === null ? [] : [`@${known.handle}`])])];
    return `  ${key}${names.length === 0 ? "" : `: ${names.map(oneLine).join(", ")}`}`;
  });
  return [`${roleOf(person, open)}: ${deeds}`, ...lines].join("\n");
}

function suggestText(open: OpenDraft, accounts: readonly AccountReference[]): string {
  const suggestions = suggestPeople(open.draft.people, accounts);
  if (suggestions.length === 0) return "No accounts on this timeline look like one person who is not known as one already.";
  const lines = suggestions.flatMap(({ accounts: keys, because }) => {
    const line = Object.fromEntries(keys.map((key) => [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)]));
    return [`  ${JSON.stringify(line)}`, `    ${because.join("; ")}`];
  });
  return ["Lines for `people` in the config, where you know that it is one person:", ...lines].join("\n");
}

function roleOf(person: Pick<Person, "key">, { roles }: OpenDraft): string {
  return roles[person.key] ?? "someone";
}

function unknown(role: string, open: OpenDraft): UsageError {
  const all = open.draft.people.map((person) => roleOf(person, open));
  const near = nearestKey(role, all);
  return new UsageError(`Nobody on this timeline is "${shorten(oneLine(role), 40)}".`, {
    id: "ROLE_UNKNOWN",
    hint: near === null ? `There are ${all.join(", ")}.` : `Did you mean ${near}?`,
  });
}
