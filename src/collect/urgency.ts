import type { Source, WantedSpan } from "../contract/connector.js";

/**
 * Which requests of a connector go first, lower first: changes and alerts of the window, since whoever is in the middle
 * of an incident asks for those; then conversation and metrics; then what is context and what is usual.
 */
export function urgencyOf(source: Pick<Source<never>, "categories" | "costly">, purpose: WantedSpan["purpose"]): number {
  if (purpose !== "window" || source.costly === true) return 2;
  return source.categories.some((category) => category === "change" || category === "alert") ? 0 : 1;
}
