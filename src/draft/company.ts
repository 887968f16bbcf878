import { MICROS_PER_MINUTE } from "../kit/instant.js";
import type { Candidate } from "./candidate.js";
import { isSaid, type Setting } from "./scene.js";

/** Around a message, those who say something in the same place within this time talk with each other. */
const TOGETHER = 12 * MICROS_PER_MINUTE;
/** Of what is said there around it, so much comes from them: elsewhere they only happen to be among others. */
const MOSTLY_THEM = 0.6;

/**
 * To a responder's message outside the incident channel: how many responders, this one included, have the place to
 * themselves around it; 1 where they only happen to meet. In chatter that is rare; where they work together it is the rule.
 */
export function companyOf(setting: Setting): ReadonlyMap<Candidate, number> {
  const company = new Map<Candidate, number>();
  for (const talk of talkByPlace(setting).values()) countInPlace(talk, setting, company);
  return company;
}

/** Places where responders work together around the reported start. */
export function homesOf({ start }: Setting, company: ReadonlyMap<Candidate, number>): ReadonlySet<string> {
  const homes = new Set<string>();
  for (const [{ entry }, count] of company) {
    if (count >= 2 && entry.at >= start - 45 * MICROS_PER_MINUTE && entry.at <= start + 30 * MICROS_PER_MINUTE) homes.add(entry.scopeName);
  }
  return homes;
}

function talkByPlace({ candidates }: Setting): Map<string, Candidate[]> {
  const places = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const { item, entry } = candidate;
    if (item === null || item.person === null || entry.category !== "conversation" || !isSaid(item)) continue;
    if (item.signals.incidentChannel === true) continue;
    const talk = places.get(entry.scopeName);
    if (talk === undefined) places.set(entry.scopeName, [candidate]);
    else talk.push(candidate);
  }
  return places;
}

/** One pass with a window that moves along: who is inside, and how often. */
function countInPlace(talk: readonly Candidate[], { responders }: Setting, company: Map<Candidate, number>): void {
  const inside = new Map<string, number>();
  let byThem = 0;
  let first = 0;
  let next = 0;
  const move = ({ item }: Candidate, by: number): void => {
    const person = item?.person ?? "";
    if (!responders.has(person)) return;
    byThem += by;
    const count = (inside.get(person) ?? 0) + by;
    if (count === 0) inside.delete(person);
    else inside.set(person, count);
  };
  for (const candidate of talk) {
    for (; next < talk.length && talk[next]!.entry.at <= candidate.entry.at + TOGETHER; next++) move(talk[next]!, 1);
    for (; talk[first]!.entry.at < candidate.entry.at - TOGETHER; first++) move(talk[first]!, -1);
    if (responders.has(candidate.item?.person ?? "")) company.set(candidate, byThem >= MOSTLY_THEM * (next - first) ? inside.size : 1);
  }
}
