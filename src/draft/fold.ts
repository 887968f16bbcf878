import { mintEntryId } from "../contract/entry-id.js";
import type { Inline } from "../contract/rich-text.js";
import { formatDuration } from "../kit/duration.js";
import { type EpochMicros, MICROS_PER_MINUTE } from "../kit/instant.js";
import { paragraph } from "../kit/rich-text.js";
import { compareText } from "../kit/text.js";
import type { Candidate } from "./candidate.js";
import { echoedBy } from "./echoes.js";
import { monitorKey } from "./scene.js";

/** A monitor that fires again so soon, after it recovered or not, tells of the same. */
const FLAPS_WITHIN = 15 * MICROS_PER_MINUTE;

/**
 * One happening, one entry: an alert that is repeated while it fires or that flaps, a run that was tried again, and what a
 * program wrote elsewhere about either, are folded into one entry that holds the evidence of all. `candidates` in total order.
 */
export function fold(candidates: readonly Candidate[]): Candidate[] {
  const into = new Map<Candidate, Candidate>([...alertsAgain(candidates), ...runsAgain(candidates)]);
  const targetOf = (candidate: Candidate): Candidate => {
    const next = into.get(candidate);
    return next === undefined ? candidate : targetOf(next);
  };
  const repeats = new Map<Candidate, Candidate[]>();
  const echoes = new Map<Candidate, Candidate[]>();
  for (const candidate of into.keys()) push(repeats, targetOf(candidate), candidate);
  for (const [echo, of] of echoedBy(candidates)) {
    into.set(echo, of);
    push(echoes, targetOf(of), echo);
  }
  return candidates
    .filter((candidate) => !into.has(candidate))
    .map((candidate) => together(candidate, repeats.get(candidate) ?? [], echoes.get(candidate) ?? []));
}

/** To each repetition the alert that it repeats; of a monitor that flaps, what fired first, and of the ends only the last stays. */
function alertsAgain(candidates: readonly Candidate[]): Map<Candidate, Candidate> {
  const again = new Map<Candidate, Candidate>();
  const open = new Map<string, { readonly fired: Candidate; over: Candidate | null; last: EpochMicros }>();
  for (const candidate of candidates) {
    const { transition } = candidate.item?.signals ?? {};
    const { at, category, visibility } = candidate.entry;
    if (category !== "alert" || transition === undefined || candidate.item?.deleted === true) continue;
    const key = monitorKey(candidate);
    const known = open.get(key);
    if (transition === "recovered") {
      if (known !== undefined) Object.assign(known, { over: candidate, last: at });
      continue;
    }
    const isReminder = transition === "renotified" && known?.over === null;
    if (known === undefined || known.fired.entry.visibility !== visibility || (!isReminder && at - known.last > FLAPS_WITHIN)) {
      open.set(key, { fired: candidate, over: null, last: at });
      continue;
    }
    if (known.over !== null) again.set(known.over, known.fired);
    again.set(candidate, known.fired);
    Object.assign(known, { over: null, last: at });
  }
  return again;
}

/** To each attempt of a run the one after it: what counts is how it came out in the end. */
function runsAgain(candidates: readonly Candidate[]): Map<Candidate, Candidate> {
  const again = new Map<Candidate, Candidate>();
  const last = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const run = candidate.item?.refs.find((ref) => ref.type === "run" && ref.relation === "is")?.id;
    if (run === undefined || candidate.item?.deleted === true || candidate.item?.placement !== "window") continue;
    const before = last.get(run);
    if (before !== undefined && before.entry.visibility === candidate.entry.visibility) again.set(before, candidate);
    last.set(run, candidate);
  }
  return again;
}

function together(candidate: Candidate, repeats: readonly Candidate[], echoes: readonly Candidate[]): Candidate {
  if (repeats.length + echoes.length === 0) return candidate;
  const all = [candidate, ...repeats, ...echoes];
  const evidence = all.flatMap(({ entry }) => entry.evidence).sort(compareText);
  const links = all.flatMap(({ entry }) => entry.links);
  const entry: Candidate["entry"] = {
    ...candidate.entry,
    id: mintEntryId(evidence[0]!),
    evidence,
    links: links.filter((link, index) => links.findIndex(({ url }) => url === link.url) === index),
    text: withNote(candidate.entry.text, noteOf(candidate, repeats)),
  };
  return { ...candidate, entry };
}

function noteOf({ entry }: Candidate, repeats: readonly Candidate[]): string {
  const fired = repeats.filter(({ item }) => item?.signals.transition !== "recovered");
  if (fired.length === 0) return "";
  const span = formatDuration(Math.max(...repeats.map((each) => Math.abs(each.entry.at - entry.at))));
  const times = fired.length + 1;
  return entry.category === "alert" ? ` (${times} times in ${span})` : ` (first tried ${span} before)`;
}

function withNote(text: Candidate["entry"]["text"], note: string): Candidate["entry"]["text"] {
  if (note === "") return text;
  const added: Inline = { type: "text", text: note };
  const [first, ...rest] = text;
  return first?.type === "paragraph" ? [{ ...first, inlines: [...first.inlines, added] }, ...rest] : [...text, paragraph([added])];
}

function push(lists: Map<Candidate, Candidate[]>, key: Candidate, value: Candidate): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
