import type { GeneratedUnit } from "../../contract/owner-file.js";

const TICK = /^( {0,3}[-*+][ \t]+)\[[xX]\][ \t]+/;
const BOX_TIME = /^(\d{4}-\d{2}-\d{2})[ \t]+(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)[ \t]+/;

/** The owner has ticked it: it goes onto the timeline with this build. */
export function isTicked(raw: string): boolean {
  return TICK.test(raw);
}

export function unticked(raw: string): string {
  return raw.replace(TICK, "$1[ ] ");
}

/** A ticked line in the owner's words as an entry of the timeline: only the box and the day before the time go. */
export function ontoTimeline(raw: string, unit: GeneratedUnit): string {
  const marker = TICK.exec(raw)![1]!;
  const rest = raw.slice(TICK.exec(raw)![0].length);
  const time = BOX_TIME.exec(rest);
  if (time === null) return marker + rest;
  const clock = unit.entry?.clock.startsWith(time[2]!) ? time[2]! : `${time[1]!} ${time[2]!}`;
  return `${marker}**${clock}** ${rest.slice(time[0].length)}`;
}
