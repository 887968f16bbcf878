import type { Person } from "../contract/item.js";
import { compareText } from "../kit/text.js";

/**
 * Person key to the role that is printed: function and a letter, such as "responder B". Letters are handed out in the
 * order of the first thing people did; a letter from an earlier build stays with its person, also when more accounts
 * have been joined to them since, and is never given to anybody else.
 */
export function assignRoles(
  people: readonly Person[],
  history: { readonly roles: Readonly<Record<string, string>> },
): Record<string, string> {
  const earlier = new Map(Object.entries(history.roles));
  const taken = new Set<string>();
  const roles = new Map<string, string>();
  let next = Math.max(-1, ...[...earlier.values()].map(letterIndex)) + 1;
  const ordered = [...people].sort(byFirstSeen);
  for (const person of ordered) {
    const kept = keptRole(person, earlier, taken);
    if (kept === null) continue;
    taken.add(kept);
    roles.set(person.key, kept);
  }
  for (const person of ordered) if (!roles.has(person.key)) roles.set(person.key, `${person.function} ${letters(next++)}`);
  return Object.fromEntries([...roles].sort(([a], [b]) => compareText(a, b)));
}

/** Of several earlier roles of one person, the one with the first letter. */
function keptRole({ key, accounts }: Person, earlier: ReadonlyMap<string, string>, taken: ReadonlySet<string>): string | null {
  const candidates = [key, ...accounts].flatMap((account) => earlier.get(account) ?? []).filter((role) => !taken.has(role));
  return candidates.sort((a, b) => letterIndex(a) - letterIndex(b) || compareText(a, b))[0] ?? null;
}

function byFirstSeen(a: Person, b: Person): number {
  const [first, second] = [a.firstSeen ?? Number.MAX_SAFE_INTEGER, b.firstSeen ?? Number.MAX_SAFE_INTEGER];
  return first - second || compareText(a.key, b.key);
}

/** 0 is A, 25 is Z, 26 is A2: two letters could be somebody's name, a letter with a number is nobody's. */
function letters(index: number): string {
  const round = Math.floor(index / 26);
  return `${String.fromCharCode(65 + (index % 26))}${round === 0 ? "" : round + 1}`;
}

function letterIndex(role: string): number {
  const match = / ([A-Z])(\d{0,4})$/.exec(role);
  if (!match) return -1;
  const round = match[2] === "" ? 0 : Number(match[2]) - 1;
  return round * 26 + match[1]!.charCodeAt(0) - 65;
}
