import type { Draft, Entry } from "../../contract/draft.js";
import { type Asked, whomToAsk } from "./ask.js";
import { talkOf } from "./talk.js";
import { type Passage, sensitivePassages } from "./sensitive.js";
import { type Stuck, whereStuck } from "./stuck.js";

export type { Asked, Passage, Stuck };

/** One page for whoever prepares the meeting. Made when it is looked at, never kept. */
export interface Brief {
  /** At most ten entries, in their order. */
  readonly story: readonly Entry[];
  readonly stuck: Stuck;
  readonly ask: readonly Asked[];
  /** Where words may hurt when they are read out: a place and no more, neither words nor people. */
  readonly sensitive: readonly Passage[];
}

const STORY = 10;

/** Pure: of a draft and nothing else. */
export function briefOf(draft: Draft): Brief {
  const talk = talkOf(draft);
  return {
    story: storyOf(draft.entries),
    stuck: whereStuck(draft, talk),
    ask: whomToAsk(draft.entries),
    sensitive: sensitivePassages(talk),
  };
}

/** What marks a milestone, and then what is put forward most. */
function storyOf(entries: readonly Entry[]): Entry[] {
  const ranked = entries
    .filter(({ highlighted, deleted }) => highlighted && !deleted)
    .sort((a, b) => Number(b.milestone !== null) - Number(a.milestone !== null) || b.score - a.score);
  const chosen = new Set(ranked.slice(0, STORY));
  return entries.filter((entry) => chosen.has(entry));
}
