import type { EpochMicros, Span } from "../kit/instant.js";

/** A part of time that is known, and when the source was asked for it. */
export interface CoveredPart extends Span {
  readonly checkedAt: EpochMicros;
}

/**
 * What is known after one more part: disjoint, ascending, neighbours that were asked at the same time joined.
 * Where two overlap, the one that was asked later counts.
 */
export function withCovered(known: readonly CoveredPart[], added: CoveredPart): readonly CoveredPart[] {
  if (added.from >= added.until) return known;
  const older = known.filter((part) => part.checkedAt <= added.checkedAt);
  const newer = known.filter((part) => part.checkedAt > added.checkedAt);
  const rest = newer.reduce<readonly CoveredPart[]>((parts, part) => parts.flatMap((each) => without(each, part)), [added]);
  return joined([...older.flatMap((part) => without(part, added)), ...newer, ...rest]);
}

function without<S extends Span>(part: S, cut: Span): S[] {
  if (cut.until <= part.from || cut.from >= part.until) return [part];
  return [
    { ...part, until: Math.min(part.until, cut.from) },
    { ...part, from: Math.max(part.from, cut.until) },
  ].filter((piece) => piece.from < piece.until);
}

function joined(parts: readonly CoveredPart[]): readonly CoveredPart[] {
  const result: CoveredPart[] = [];
  for (const part of [...parts].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && last.until === part.from && last.checkedAt === part.checkedAt) result[result.length - 1] = { ...last, until: part.until };
    else result.push(part);
  }
  return result;
}
