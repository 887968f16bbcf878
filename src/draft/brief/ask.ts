import type { Entry, Phase } from "../../contract/draft.js";
import { groupBy } from "../../kit/group-by.js";
import { toPlain } from "../../kit/rich-text.js";
import { type Nature, natureOf } from "../nature.js";

/** Somebody who knows, and about what. */
export interface Asked {
  /** Key of the person: a role for whoever reads it. */
  readonly person: string;
  /** In their order. */
  readonly about: readonly { readonly entry: Entry; readonly nature: Nature }[];
}

const MOST_THINGS = 3;

/** What something is when its words do not tell. */
const BY_PHASE: Readonly<Record<Phase, Nature>> = {
  before: "action",
  detection: "observation",
  diagnosis: "judgment",
  mitigation: "action",
  recovery: "observation",
  after: "knowledge",
};

/** Those with something put forward, whoever has most of it first, each with what of it is put forward most. */
export function whomToAsk(entries: readonly Entry[]): Asked[] {
  const forward = entries.filter(({ highlighted, deleted }) => highlighted && !deleted);
  return [...groupBy(forward, ({ person }) => person ?? "")]
    .filter(([person]) => person !== "")
    .sort(([, a], [, b]) => b.length - a.length || a[0]!.at - b[0]!.at)
    .map(([person, theirs]) => {
      const chosen = new Set([...theirs].sort((a, b) => b.score - a.score).slice(0, MOST_THINGS));
      return { person, about: theirs.filter((entry) => chosen.has(entry)).map((entry) => ({ entry, nature: told(entry) })) };
    });
}

function told({ category, text, phase }: Entry): Nature {
  return natureOf({ category, plain: toPlain(text, () => "[]").toLowerCase() }) ?? BY_PHASE[phase];
}
