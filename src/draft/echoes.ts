import { MICROS_PER_MINUTE } from "../kit/instant.js";
import { toPlain } from "../kit/rich-text.js";
import type { Candidate } from "./candidate.js";

/** A program writes what it has heard of within this time. */
const AT_ONCE = 2 * MICROS_PER_MINUTE;
/** A shorter name may stand in a text by chance. */
const SHORTEST_NAME = 8;

/** To each message that a program wrote what it tells of: an alert by its name, an act of a change by a link to it. */
export function echoedBy(candidates: readonly Candidate[]): Map<Candidate, Candidate> {
  const acts = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const { group } = candidate.entry;
    if (group === null) continue;
    const known = acts.get(group);
    if (known === undefined) acts.set(group, [candidate]);
    else known.push(candidate);
  }
  const echoes = new Map<Candidate, Candidate>();
  const recent: { readonly alert: Candidate; readonly name: string }[] = [];
  for (const candidate of candidates) {
    const { entry, item } = candidate;
    if (entry.category === "alert" && item?.signals.transition !== undefined && !item.deleted)
      recent.push({ alert: candidate, name: nameOf(candidate) });
    if (entry.category !== "conversation" || item?.signals.automated !== true || item.deleted || item.signals.routine === true) continue;
    while (recent[0] !== undefined && recent[0].alert.entry.at < entry.at - AT_ONCE) recent.shift();
    const act = nearest(
      item.mentions.flatMap((change) => acts.get(change) ?? []),
      candidate,
    );
    const of = act ?? recent.findLast(({ name }) => name.length >= SHORTEST_NAME && candidate.plain.includes(name))?.alert;
    if (of !== undefined && of.entry.visibility === entry.visibility) echoes.set(candidate, of);
  }
  return echoes;
}

/** The name of a monitor, without the group that it fired for. */
function nameOf({ item }: Candidate): string {
  const title = toPlain(item?.title ?? [], () => "[]").toLowerCase();
  const group = title.lastIndexOf(" (");
  return title.endsWith(")") && group > 0 ? title.slice(0, group) : title;
}

function nearest(acts: readonly Candidate[], { entry }: Candidate): Candidate | undefined {
  const away = (act: Candidate): number =>
    Math.min(Math.abs(act.entry.at - entry.at), act.entry.endedAt === null ? Infinity : Math.abs(act.entry.endedAt - entry.at));
  const near = acts.filter((act) => away(act) <= AT_ONCE);
  return near.reduce<Candidate | undefined>((best, act) => (best === undefined || away(act) < away(best) ? act : best), undefined);
}
