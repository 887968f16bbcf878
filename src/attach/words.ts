import type { MilestoneName } from "../contract/draft.js";
import { toIso, type EpochMicros } from "../kit/instant.js";

export const MILESTONE_WORDS: Readonly<Record<MilestoneName, string>> = {
  impactStart: "Impact began",
  detected: "Detected",
  acknowledged: "Acknowledged",
  declared: "Declared",
  mitigated: "Mitigated",
  recovered: "Recovered",
  resolved: "Resolved",
};

/** `2026-03-04 11:20 UTC` */
export function minuteText(at: EpochMicros): string {
  return `${toIso(at).slice(0, 16).replace("T", " ")} UTC`;
}

/** `1 record`, `12,345 records` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
