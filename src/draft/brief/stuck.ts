import { PHASES, type Draft, type Entry, type Phase } from "../../contract/draft.js";
import { type EpochMicros, MICROS_PER_MINUTE } from "../../kit/instant.js";
import { isQuestion } from "../speech.js";
import type { Saying, Talk } from "./talk.js";

/** Moments where it was hard to go on. Facts about times, no verdicts. */
export interface Stuck {
  /** Nobody said anything from the one to the other. */
  readonly silences: readonly { readonly after: Entry; readonly micros: number }[];
  /** The same thing, done again and again. */
  readonly attempts: readonly { readonly entry: Entry; readonly times: number }[];
  /** From mitigation or recovery the work went back into an earlier phase. */
  readonly fellBack: readonly { readonly at: EpochMicros; readonly from: Phase; readonly to: Phase }[];
  /** Asked, and nobody else said anything there for a while. */
  readonly unanswered: readonly Entry[];
}

const MOST = 3;
const SILENT = 15 * MICROS_PER_MINUTE;
/** People who write every five minutes are silent sooner than people who write every hour. */
const TIMES_USUAL = 4;
const ANSWERED_WITHIN = 15 * MICROS_PER_MINUTE;
/** What scores less is hardly about the incident. */
const ABOUT_IT = 0.05;

export function whereStuck(draft: Draft, talk: Talk): Stuck {
  const during = talk.sayings.filter(({ entry }) => entry.at >= talk.from && entry.at <= talk.until);
  return {
    silences: silencesIn(during),
    attempts: attemptsIn(draft, talk),
    fellBack: fallsIn(draft),
    unanswered: unansweredIn(during, talk),
  };
}

/** The longest ones, in their order. */
function silencesIn(sayings: readonly Saying[]): Stuck["silences"] {
  const gaps = sayings.slice(1).map(({ entry }, index) => ({ after: sayings[index]!.entry, micros: entry.at - sayings[index]!.entry.at }));
  const usual = gaps.map(({ micros }) => micros).sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  const long = gaps.filter(({ micros }) => micros >= Math.max(SILENT, TIMES_USUAL * usual));
  const longest = new Set([...long].sort((a, b) => b.micros - a.micros).slice(0, MOST));
  return long.filter((gap) => longest.has(gap));
}

/** What was folded into one entry because it is the same thing again: runs that were tried again, as often as the sources say. */
function attemptsIn({ entries, evidence, changes }: Draft, { from, until }: Talk): Stuck["attempts"] {
  const kinds = new Map(evidence.map(({ id, kind }) => [id, kind]));
  const scores = new Map(changes.map(({ id, score }) => [id, score]));
  const isAboutIt = ({ score, group }: Entry) => Math.max(score, scores.get(group ?? "") ?? 0) >= ABOUT_IT;
  return entries
    .filter((entry) => entry.category === "change" && entry.at >= from && entry.at <= until && !entry.deleted && isAboutIt(entry))
    .map((entry) => ({ entry, times: entry.evidence.filter((id) => kinds.get(id) === entry.kind).length }))
    .filter(({ times }) => times > 1)
    .sort((a, b) => b.times - a.times || b.entry.score - a.entry.score)
    .slice(0, MOST)
    .sort((a, b) => a.entry.at - b.entry.at);
}

function fallsIn({ borders }: Draft): Stuck["fellBack"] {
  const rank = (phase: Phase) => PHASES.indexOf(phase);
  return borders.flatMap(({ phase, from }, index) => {
    const before = borders[index - 1];
    const isLate = before?.phase === "mitigation" || before?.phase === "recovery";
    return isLate && rank(phase) < rank(before.phase) ? [{ at: from, from: before.phase, to: phase }] : [];
  });
}

function unansweredIn(during: readonly Saying[], { sayings }: Talk): Entry[] {
  return during
    .filter(({ plain, entry }) => entry.score >= ABOUT_IT && isQuestion(plain) && !sayings.some((other) => answers(other.entry, entry)))
    .map(({ entry }) => entry)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .sort((a, b) => a.at - b.at);
}

/** Somebody else, in the same place, soon after. */
function answers(other: Entry, asked: Entry): boolean {
  const after = other.at - asked.at;
  return after > 0 && after <= ANSWERED_WITHIN && other.scopeName === asked.scopeName && other.person !== asked.person;
}
