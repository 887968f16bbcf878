import type { EpochMicros, Span } from "../../kit/instant.js";

/** A span where records are missing. */
export interface Tombstone extends Span {
  /** null: nobody knows any more. */
  readonly count: number | null;
  /** Of the purge that took the last of them; null: the one that is at work. */
  readonly purge: number | null;
}

/** Something that is deleted: where it stood in time, and how many records or points it is. */
export interface Loss {
  readonly at: EpochMicros;
  readonly count: number;
}

/**
 * Where a scope misses records after a purge: its known spans, cut at `until`, with how much each lost. What lies in no
 * known span is one more, from the first to the last of it. Spans that lost nothing stay known as they are. Pure.
 */
export function withLosses(
  known: readonly Tombstone[],
  covered: readonly Span[],
  losses: readonly Loss[],
  until: EpochMicros,
): Tombstone[] {
  const fresh = covered.map((span) => ({ from: span.from, until: Math.min(span.until, until) })).flatMap((span) => outside(span, known));
  const places: Tombstone[] = [...known, ...fresh.map((span) => ({ ...span, count: 0, purge: null }))];
  const lost = new Map<Tombstone, number>();
  const strays: Loss[] = [];
  for (const loss of losses) {
    const place = places.find((each) => each.from <= loss.at && loss.at < each.until);
    if (place) lost.set(place, (lost.get(place) ?? 0) + loss.count);
    else strays.push(loss);
  }
  const told = places
    .filter((place) => place.purge !== null || lost.has(place))
    .map((place) => (lost.has(place) ? { ...place, count: (place.count ?? 0) + lost.get(place)!, purge: null } : place));
  return [...told, ...strayPlaces(strays, told)].sort((a, b) => a.from - b.from);
}

/** What is left of the tombstones when a span was read again: of what they lost, nobody knows how much is back. */
export function withoutSpan(known: readonly Tombstone[], span: Span): Tombstone[] {
  return known.flatMap((each) => {
    if (span.until <= each.from || span.from >= each.until) return [each];
    return outside(each, [span]).map((piece) => ({ ...each, ...piece, count: null }));
  });
}

function strayPlaces(strays: readonly Loss[], others: readonly Tombstone[]): Tombstone[] {
  if (strays.length === 0) return [];
  const first = strays.reduce((least, { at }) => Math.min(least, at), Infinity);
  const last = strays.reduce((most, { at }) => Math.max(most, at), -Infinity);
  return outside({ from: first, until: last + 1 }, others).flatMap((span) => {
    const count = strays.filter(({ at }) => at >= span.from && at < span.until).reduce((sum, each) => sum + each.count, 0);
    return count === 0 ? [] : [{ ...span, count, purge: null }];
  });
}

function outside(span: Span, cuts: readonly Span[]): Span[] {
  let left: Span[] = span.from < span.until ? [{ from: span.from, until: span.until }] : [];
  for (const cut of cuts)
    left = left.flatMap((part) =>
      cut.until <= part.from || cut.from >= part.until
        ? [part]
        : [
            { from: part.from, until: Math.min(part.until, cut.from) },
            { from: Math.max(part.from, cut.until), until: part.until },
          ].filter((piece) => piece.from < piece.until),
    );
  return left;
}
