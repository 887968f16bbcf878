/** A made-up week: incidents that begin, are talked about and end. All of it follows from the seed. */

export const MONDAY = Date.UTC(2026, 2, 2) * 1000;
export const MINUTE = 60_000_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** mulberry32, a small public-domain generator of numbers from 0 to 1. */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Ordered by start; each with its channel, its issue, when it is over, and what is said in between. */
export function incidentsOf(count, days, seed) {
  const random = randomOf(seed);
  return Array.from({ length: count }, (_, index) => {
    const start = MONDAY + Math.floor(random() * days * 24 * 60) * MINUTE;
    const over = start + (10 + Math.floor(random() * 170)) * MINUTE;
    const messages = Array.from({ length: 3 + Math.floor(random() * 6) }, (_, nth) => ({
      at: start + Math.floor(random() * (over - start)) + nth,
      user: `U${1 + Math.floor(random() * 5)}`,
      text: SAID[Math.floor(random() * SAID.length)].replace("N", String(nth)),
    }));
    return { number: index + 1, channel: `CINC${index + 1}`, name: `inc-${index + 1}`, issue: index + 1, start, over, messages };
  }).sort((a, b) => a.start - b.start);
}

const SAID = [
  "errors on checkout are at N %",
  "looking into it, the queue grows",
  "rolled back the deploy of checkout, part N",
  "latency is back to usual",
  "who can look at the database?",
  "restarted worker N, it recovers",
];
