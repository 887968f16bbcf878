import type { Entry, Phase } from "../contract/draft.js";
import { toIso, type EpochMicros } from "../kit/instant.js";
import { toPlain } from "../kit/rich-text.js";
import { namesOf } from "./names.js";
import type { ExportInput } from "../contract/export.js";

export interface OriginalJson {
  at?: string;
  endedAt?: string | null;
  text?: string;
  phase?: Phase;
  highlighted?: boolean;
}

/** What was generated, where the owner has changed it in the file: only what differs; null where nothing does. */
export function originalOf({ original, precisionMicros }: Entry, input: Pick<ExportInput, "roles">): OriginalJson | null {
  if (original === undefined) return null;
  const { at, endedAt, text, phase, highlighted } = original;
  const iso = (each: EpochMicros) => toIso(each, original.precisionMicros ?? precisionMicros);
  return {
    ...(at === undefined ? {} : { at: iso(at) }),
    ...(endedAt === undefined ? {} : { endedAt: endedAt === null ? null : iso(endedAt) }),
    ...(text === undefined ? {} : { text: toPlain(text, namesOf(input)) }),
    ...(phase === undefined ? {} : { phase }),
    ...(highlighted === undefined ? {} : { highlighted }),
  };
}
