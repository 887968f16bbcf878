import type { Draft, Milestone, MilestoneName } from "../contract/draft.js";

const PAIRS: readonly (readonly [name: string, from: MilestoneName, to: MilestoneName, definition: string])[] = [
  ["time to detect", "impactStart", "detected", "from impact start to detected"],
  ["time to acknowledge", "detected", "acknowledged", "from detected to acknowledged"],
  ["time to declare", "impactStart", "declared", "from impact start to declared"],
  ["time to mitigate", "impactStart", "mitigated", "from impact start to mitigated"],
  ["time to recover", "impactStart", "recovered", "from impact start to recovered"],
  ["time to resolve", "impactStart", "resolved", "from impact start to resolved"],
];

/** null where an end is missing or out of order: never a zero. */
export function durationsOf(named: Readonly<Record<MilestoneName, Milestone>>): Draft["durations"] {
  return PAIRS.map(([name, from, to, definition]) => {
    const [first, last] = [named[from], named[to]];
    const known = first.state === "found" && last.state === "found" && first.at !== null && last.at !== null && last.at >= first.at;
    return { name, micros: known ? last.at - first.at : null, definition };
  });
}
