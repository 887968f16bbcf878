import type { Draft, Entry } from "../../contract/draft.js";
import { groupBy } from "../../kit/group-by.js";
import type { EpochMicros } from "../../kit/instant.js";
import { toPlain } from "../../kit/rich-text.js";

/** Something that a person said. */
export interface Saying {
  readonly entry: Entry;
  /** In lower case, people as "[]". */
  readonly plain: string;
}

/** What people said where the incident was talked about. */
export interface Talk {
  /** In total order, of the whole window. */
  readonly sayings: readonly Saying[];
  /** From the impact start to the end. */
  readonly from: EpochMicros;
  readonly until: EpochMicros;
}

/** A channel with so many entries put forward is one of those where it was talked about. */
const ENOUGH = 3;

export function talkOf({ entries, milestones, incident, window }: Draft): Talk {
  const said = entries.filter(({ category, person, deleted }) => category === "conversation" && person !== null && !deleted);
  const forward = [
    ...groupBy(
      said.filter(({ highlighted }) => highlighted),
      ({ scopeName }) => scopeName,
    ),
  ];
  const most = Math.max(0, ...forward.map(([, each]) => each.length));
  const channels = new Set(forward.filter(([, each]) => each.length >= Math.min(ENOUGH, most)).map(([channel]) => channel));
  const sayings = said
    .filter(({ scopeName, highlighted }) => highlighted || channels.has(scopeName))
    .map((entry) => ({ entry, plain: toPlain(entry.text, () => "[]").toLowerCase() }));
  const { impactStart, resolved } = milestones;
  return { sayings, from: impactStart.at ?? incident.start, until: resolved.at ?? incident.end ?? window.until };
}
