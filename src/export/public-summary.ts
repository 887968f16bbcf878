import { MILESTONES, type Draft, type MilestoneName } from "../contract/draft.js";
import type { Exporter } from "../contract/export.js";
import { formatDuration } from "../kit/duration.js";
import type { EpochMicros } from "../kit/instant.js";
import { dayAndTime, dayOf } from "./moment.js";
import { sealed, sealedHash } from "./seal.js";

export interface PublicSummaryInput {
  /** Of public evidence only. */
  readonly draft: Draft;
  /** What the draft for everybody inside has: to count what is left out. */
  readonly internal: Pick<Draft, "entries" | "evidence">;
  /** Of the owner's file, those that the config allows: Markdown, as it is. */
  readonly sections: readonly { readonly title: string; readonly text: string }[];
}

/** The only words for what happened: nothing that a source wrote is repeated. */
const HAPPENED: Readonly<Record<MilestoneName, string>> = {
  impactStart: "the impact began",
  detected: "it was noticed",
  acknowledged: "somebody took it on",
  declared: "it was declared an incident",
  mitigated: "the impact was reduced",
  recovered: "things were back to usual",
  resolved: "it was resolved",
};

interface Turn {
  readonly name: MilestoneName;
  readonly at: EpochMicros;
}

/**
 * A summary for people outside: times and durations from public evidence, in words of ours alone, and of the owner's
 * words what they have allowed. No title, link, host, channel, quote or role is taken from anywhere.
 */
export function publicSummary({ draft, internal, sections }: PublicSummaryInput): string {
  const turns = turnsOf(draft);
  const lines = [
    `# Incident${turns[0] === undefined ? "" : ` of ${dayOf(turns[0].at)}`}`,
    "## Summary",
    summaryText(turns),
    "## What happened",
    turns.map(({ name, at }) => `- ${dayAndTime(at)} UTC: ${HAPPENED[name]}`).join("\n") ||
      "What can be told in public does not say when it took which turn.",
    "## What we are doing",
    sections.length === 0
      ? "Nothing has been written about this yet."
      : sections.map(({ title, text }) => `### ${title}\n\n${text}`).join("\n\n"),
    "## What is left out",
    leftOutText(draft, internal),
  ];
  return sealed(`${lines.join("\n\n")}\n\n`, (seal) => `<!-- incident-timeline public ${seal} -->\n`);
}

/** As other formats that are made anew each time: one that somebody has changed is left alone. */
export const publicFile: Pick<Exporter, "untouchedHash"> & { readonly extension: string } = {
  extension: ".public.md",
  untouchedHash: sealedHash,
};

/**
 * The turns that public records tell of, in the order of time. The reported start and end are not among them: they may
 * have been read in a private place.
 */
function turnsOf({ milestones }: Draft): Turn[] {
  const found = MILESTONES.flatMap((name) => {
    const { state, at, entries } = milestones[name];
    return state === "found" && at !== null && entries.length > 0 ? [{ name, at }] : [];
  });
  return found.sort((a, b) => a.at - b.at);
}

function summaryText(turns: readonly Turn[]): string {
  const when = (name: MilestoneName) => turns.find((turn) => turn.name === name)?.at;
  const [start, over] = [when("impactStart"), when("resolved") ?? when("recovered")];
  if (start === undefined) return "There was an incident. When it began is not known from public records.";
  if (over === undefined || over <= start)
    return `There was an incident from ${dayAndTime(start)} UTC on. How long the impact lasted is not known from public records.`;
  return `There was an incident from ${dayAndTime(start)} UTC to ${dayAndTime(over)} UTC. The impact lasted ${formatDuration(over - start)}.`;
}

function leftOutText({ evidence }: Draft, internal: PublicSummaryInput["internal"]): string {
  const restricted = internal.evidence.filter(({ visibility }) => visibility === "private").length;
  return [
    `This summary is computed from ${evidence.length} of ${internal.evidence.length} records; ${restricted} are not public.`,
    `Of ${internal.entries.length} entries, the words, links and names are left out.`,
  ].join(" ");
}
