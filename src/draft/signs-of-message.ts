import type { Item } from "../contract/item.js";
import { type EpochMicros, MICROS_PER_MINUTE } from "../kit/instant.js";
import type { Candidate } from "./candidate.js";
import { isResponder, isSaid, type Scene } from "./scene.js";
import { type Sign, weigh, type Weighed } from "./signs.js";
import { actsOf, isDigression, isQuestion } from "./speech.js";
import { lengthOf } from "./terms.js";

interface Message {
  readonly candidate: Candidate;
  readonly item: Item;
  readonly scene: Scene;
  /** From shortly before the impact until the incident has a channel; less, from the first alert that is still firing then. */
  readonly early: number;
}

const isByResponder: Sign<Message>["holds"] = ({ item, scene }) => isResponder(scene, item.person);
const standing: Sign<Message>["holds"] = ({ item, scene }) => scene.standing.get(item.person ?? "") ?? 0;
const topic: Sign<Message>["holds"] = ({ candidate, scene }) => scene.topicOf(candidate);
const ownWords: Sign<Message>["holds"] = ({ candidate, scene }) => Math.min(1, scene.words.rare(candidate) / 5);
const isFormula: Sign<Message>["holds"] = ({ candidate, scene }) => scene.formulas.has(candidate);
const namesChange: Sign<Message>["holds"] = ({ item }) => item.mentions.length > 0;
const asks: Sign<Message>["holds"] = ({ candidate }) => isQuestion(candidate.plain);

/** In the incident's own channel most is about it: what tells is who speaks, and how much a message says that others do not. */
const SIGNS_IN_CHANNEL: readonly Sign<Message>[] = [
  { weight: 1.6, holds: isByResponder, why: "by somebody at work in the incident channel" },
  { weight: 1.7, holds: standing, why: "by one of those who spoke most" },
  { weight: 1.3, holds: ownWords, why: "says what nobody else says" },
  { weight: 0.4, holds: ({ candidate, scene }) => scene.words.information(candidate) },
  { weight: 1.7, holds: topic, why: "speaks of what the incident is about" },
  { weight: 1.4, holds: marks, why: ({ item }) => `marked by ${item.signals.reactions ?? 0}` },
  { weight: 1.6, holds: ({ candidate }) => Math.min(1, actsOf(candidate.plain).size / 2), why: "says what was found, decided or done" },
  { weight: 0.9, holds: namesChange, why: "names a change" },
  { weight: -1.1, holds: ({ candidate }) => actsOf(candidate.plain).has("taking") },
  { weight: -1.5, holds: ({ candidate }) => isDigression(candidate.plain) },
  { weight: -1.5, holds: isFormula },
  { weight: -1.7, holds: asks },
  { weight: -0.1, holds: ({ candidate }) => lengthOf(candidate.plain) < 18 },
];
const IN_CHANNEL = -5.1;

/** Elsewhere hardly anything is about it: what tells is that responders say it when it begins, in its words. */
const SIGNS_ELSEWHERE: readonly Sign<Message>[] = [
  { weight: 2.2, holds: ({ early }) => early, why: "between the first signs and the incident channel" },
  { weight: 1.9, holds: isByResponder, why: "by somebody who is then at work in the incident channel" },
  { weight: 1.7, holds: standing, why: "by one of those who spoke most in the incident channel" },
  { weight: 1.9, holds: topic, why: "speaks of what the incident is about" },
  { weight: 1.3, holds: ownWords, why: "says what nobody else says" },
  { weight: -1.8, holds: ({ candidate, scene }) => scene.words.rare(candidate) === 0 },
  { weight: 1.1, holds: namesChange, why: "names a change" },
  { weight: 0.9, holds: ({ candidate }) => lengthOf(candidate.plain) > 60 },
  { weight: -1.1, holds: isFormula },
  { weight: -0.5, holds: asks },
];
const ELSEWHERE = -6.7;

/** What a program says is told by its source; only that it opened the channel is news. */
const OPENED: Weighed = { score: 0.6, because: ["first in the incident channel"] };
const BY_PROGRAM: Weighed = { score: 0.02, because: [] };

/** When the first signs came, when it broke out, and when it got its channel, if it did. */
export interface Outbreak {
  readonly firstSign: EpochMicros;
  readonly impact: EpochMicros;
  readonly declared: EpochMicros | null;
}

/** How likely what somebody said belongs to the story. */
export function scoreMessage(candidate: Candidate, scene: Scene, outbreak: Outbreak): Weighed {
  const { item } = candidate;
  if (item === null || !isSaid(item)) return { score: 0, because: [] };
  if (item.signals.automated === true) return scene.channel[0] === candidate ? OPENED : BY_PROGRAM;
  const message = { candidate, item, scene, early: earliness(candidate, scene, outbreak) };
  return item.signals.incidentChannel === true ? weigh(message, IN_CHANNEL, SIGNS_IN_CHANNEL) : weigh(message, ELSEWHERE, SIGNS_ELSEWHERE);
}

const SHORTLY = 5 * MICROS_PER_MINUTE;

function earliness(candidate: Candidate, scene: Scene, { firstSign, impact, declared }: Outbreak): number {
  const { at } = candidate.entry;
  if (at < firstSign - SHORTLY || at > (declared ?? scene.end) + SHORTLY) return 0;
  // Hours before it broke out, much else is talked about.
  return at >= impact - SHORTLY ? 1 : Math.min(1, 0.5 + scene.topicOf(candidate));
}

/** The first few readers who mark a message tell more than those who join them. */
function marks({ item }: Message): number {
  return Math.min(1, Math.log2(1 + (item.signals.reactions ?? 0) + (item.signals.pinned === true ? 3 : 0)) / 3);
}
