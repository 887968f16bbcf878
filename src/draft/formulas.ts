import type { Candidate } from "./candidate.js";
import type { Setting } from "./scene.js";

/** So many words in a row at either end are no chance. */
const WORDS = 5;

/**
 * Messages that begin or end in the same words as another one: reminders, forwarded texts, what is asked again and again.
 * Told by the words being the same, not by which they are.
 */
export function formulasIn({ candidates }: Setting): ReadonlySet<Candidate> {
  const first = new Map<string, Candidate>();
  const repeated = new Set<Candidate>();
  for (const candidate of candidates) {
    if (candidate.entry.category !== "conversation" || candidate.item?.signals.routine === true) continue;
    for (const end of endsOf(candidate.plain)) {
      const known = first.get(end);
      if (known === undefined) first.set(end, candidate);
      else if (known !== candidate) repeated.add(known).add(candidate);
    }
  }
  return repeated;
}

function endsOf(plain: string): string[] {
  const head = plain.slice(0, 120).match(/[\p{L}\p{N}']+/gu) ?? [];
  const tail = plain.slice(-120).match(/[\p{L}\p{N}']+/gu) ?? [];
  if (head.length < WORDS) return [];
  return [`< ${head.slice(0, WORDS).join(" ")}`, `> ${tail.slice(-WORDS).join(" ")}`];
}
