import { MICROS_PER_HOUR, MICROS_PER_MINUTE, type EpochMicros } from "../../kit/instant.js";
import { dayOf } from "../moment.js";
import { timeTag } from "./parts.js";

const MOST = 6;
/** Every one divides a day or is whole days, so that marks stand at times that people say. */
const DISTANCES = [
  ...[1, 2, 5, 10, 15, 20, 30].map((minutes) => minutes * MICROS_PER_MINUTE),
  ...[1, 2, 3, 4, 6, 12, 24, 48, 96, 192].map((hours) => hours * MICROS_PER_HOUR),
];

/** Round times (UTC) inside a span, as few as are needed to read it. */
export function ticksIn(from: EpochMicros, until: EpochMicros): EpochMicros[] {
  const distance = DISTANCES.find((each) => (until - from) / each < MOST) ?? DISTANCES.at(-1)!;
  const first = Math.ceil(from / distance) * distance;
  return Array.from({ length: Math.max(0, Math.floor((until - first) / distance) + 1) }, (_, index) => first + index * distance);
}

/** Labels below a drawing from `from` to `until`; the day stands at the first of it. */
export function tickLabels(from: EpochMicros, until: EpochMicros): string {
  let day = "";
  const labels = ticksIn(from, until).map((at) => {
    const isNewDay = dayOf(at) !== day;
    day = dayOf(at);
    const shown = `${isNewDay ? `${day} ` : ""}${new Date(at / 1000).toISOString().slice(11, 16)}`;
    const left = (((at - from) / (until - from)) * 100).toFixed(1);
    return `<span style="left:${left}%">${timeTag(at, shown)}</span>`;
  });
  return `<div class="ticks">${labels.join("")}</div>`;
}
