import type { Span } from "../kit/instant.js";

/** What is left of a span, ascending. */
export function subtract(span: Span, cuts: readonly Span[]): readonly Span[] {
  let left: readonly Span[] = span.from < span.until ? [{ from: span.from, until: span.until }] : [];
  for (const cut of cuts) left = left.flatMap((part) => without(part, cut));
  return left;
}

/** From the first to the last instant of them; null when there is none. */
export function hull(spans: readonly Span[]): Span | null {
  if (spans.length === 0) return null;
  return spans.reduce((all, each) => ({ from: Math.min(all.from, each.from), until: Math.max(all.until, each.until) }));
}

function without(part: Span, cut: Span): readonly Span[] {
  if (cut.until <= part.from || cut.from >= part.until) return [part];
  return [
    { from: part.from, until: Math.min(part.until, cut.from) },
    { from: Math.max(part.from, cut.until), until: part.until },
  ].filter((piece) => piece.from < piece.until);
}
