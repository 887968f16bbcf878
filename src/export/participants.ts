import type { Entry } from "../contract/draft.js";
import type { ExportInput } from "../contract/export.js";
import { compareText } from "../kit/text.js";
import { groupBy } from "../kit/group-by.js";
import { roleOf } from "./names.js";

export interface Participant {
  readonly role: string;
  /** What they did, in total order. */
  readonly entries: readonly Entry[];
}

/** Who did something in the window, by role, in the order of the first thing they did. Two people never share a role. */
export function participantsOf(input: ExportInput): Participant[] {
  const acted = input.draft.entries.flatMap((entry) => {
    const role = roleOf(entry.person, input);
    return role === null ? [] : [{ role, entry }];
  });
  return [...groupBy(acted, (each) => each.role)]
    .map(([role, each]) => ({ role, entries: each.map(({ entry }) => entry) }))
    .sort((a, b) => a.entries[0]!.at - b.entries[0]!.at || compareText(a.role, b.role));
}
