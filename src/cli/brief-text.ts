import type { Entry } from "../contract/draft.js";
import type { Brief, Passage } from "../draft/index.js";
import { acronymsIn } from "../export/acronyms.js";
import { dayOf, timeOf } from "../export/moment.js";
import { namesOf } from "../export/names.js";
import { milestoneText } from "../export/words.js";
import { formatDuration } from "../kit/duration.js";
import { MICROS_PER_SECOND, type EpochMicros } from "../kit/instant.js";
import { toPlain } from "../kit/rich-text.js";
import { oneLine, shorten, visible } from "../kit/text.js";
import type { Io } from "./io.js";
import type { OpenDraft } from "./open-draft.js";
import { NO_STYLES } from "./styles.js";
import { wrap } from "./wrap.js";

type Shown = Pick<OpenDraft, "draft" | "roles">;

const MOST_ASKED = 8;
const MOST_WORDS = 20;
const MOST_PASSAGES = 8;

const ABOUT: Readonly<Record<Brief["ask"][number]["about"][number]["nature"], string>> = {
  observation: "what was seen",
  judgment: "how it was concluded",
  decision: "which options there were",
  knowledge: "how it was known",
  action: "what it was meant to do",
  "call for help": "what signalled the need",
};

/** How to meet what people said under pressure. */
const CARE: Readonly<Record<Passage["sort"], { readonly title: string; readonly how: string }>> = {
  "self-blame": {
    title: "Somebody takes it on themselves",
    how: "Talk to them before the meeting. Ask what they saw and expected then, and what would have made it easy to get right.",
  },
  disagreement: {
    title: "People see it differently",
    how: "Each view rested on something. Ask what each saw then, one after the other, and leave open which was right.",
  },
};

/** One page, wrapped to the terminal. */
export function briefText(brief: Brief, open: Shown, io: Pick<Io, "columns" | "outStyles">): string {
  const styles = io.outStyles ?? NO_STYLES;
  const { incident } = open.draft;
  const part = (title: string, lines: readonly string[], none: string) => [
    "",
    styles.bold(title),
    ...(lines.length === 0 ? [`  ${none}`] : lines),
  ];
  const lines = [
    styles.bold(`${oneLine(incident.title)} (${incident.id})`),
    "For whoever prepares the meeting: shown here, kept nowhere. Times are UTC.",
    ...part(
      "The story",
      brief.story.map((entry) => `  ${pointer(entry, open)}`),
      "Nothing is put forward yet.",
    ),
    ...part("Where it was hard to go on", stuckLines(brief.stuck, open), "No long silence, repeated attempt or open question was found."),
    ...part("Words to clear up", wordLines(open), "None was found."),
    ...part("Whom to ask about what", askLines(brief.ask, open), "No person acted in what was collected."),
    ...part("Passages to meet with care", careLines(brief.sensitive, open), "None was found; that does not mean that there is none."),
  ];
  return `${lines.map((line) => wrap(visible(line), io.columns ?? null, "      ")).join("\n")}\n`;
}

function stuckLines({ silences, attempts, fellBack, unanswered }: Brief["stuck"], open: Shown): string[] {
  return [
    ...silences.map(({ after, micros }) => `  Nobody spoke for ${formatDuration(micros)} after ${pointer(after, open)}`),
    ...attempts.map(({ entry, times }) => `  Tried ${times} times until ${pointer(entry, open)}`),
    ...fellBack.map(({ at, from, to }) => `  Back from ${from} to ${to} at ${clock(at, open)}`),
    ...unanswered.map((entry) => `  Asked, and nobody else spoke there soon after: ${pointer(entry, open)}`),
  ];
}

function wordLines(open: Shown): string[] {
  const words = acronymsIn(open);
  const more = words.length > MOST_WORDS ? ` (${MOST_WORDS} of ${words.length})` : "";
  return words.length === 0 ? [] : [`  ${words.slice(0, MOST_WORDS).join(", ")}${more}`];
}

function askLines(ask: Brief["ask"], open: Shown): string[] {
  const lines = ask.slice(0, MOST_ASKED).map(({ person, about }) => {
    const things = about.map(({ entry, nature }) => `${ABOUT[nature]} at ${clock(entry.at, open)}`);
    return `  ${open.roles[person] ?? "someone"}: ${things.join("; ")}`;
  });
  return ask.length > MOST_ASKED ? [...lines, `  ${MOST_ASKED} of ${ask.length} are listed`] : lines;
}

/** Where they are and how to meet them: neither what they say nor who says it. */
function careLines(passages: readonly Passage[], open: Shown): string[] {
  return (Object.keys(CARE) as Passage["sort"][]).flatMap((sort) => {
    const found = passages.filter((each) => each.sort === sort);
    if (found.length === 0) return [];
    const places = found
      .slice(0, MOST_PASSAGES)
      .map(({ at, url, scopeName }) => `    ${url ?? `${clock(at, open)} in ${oneLine(scopeName)}`}`);
    const more = found.length > MOST_PASSAGES ? [`    ${MOST_PASSAGES} of ${found.length} are listed`] : [];
    return [`  ${CARE[sort].title}. ${CARE[sort].how}`, ...places, ...more];
  });
}

/** `11:20:05 (detected) text`, short. */
function pointer(entry: Entry, open: Shown): string {
  const milestone = milestoneText(entry, open.draft).toLowerCase();
  const text = shorten(oneLine(toPlain(entry.text, namesOf(open))), 110);
  return `${clock(entry.at, open)} ${milestone === "" ? "" : `(${milestone}) `}${text}`;
}

/** With the day where it is not the first one. */
function clock(at: EpochMicros, { draft }: Shown): string {
  const time = timeOf(at, MICROS_PER_SECOND);
  return dayOf(at) === dayOf(draft.incident.start) ? time : `${dayOf(at)} ${time}`;
}
