import { MILESTONES, type Draft, type MilestoneName } from "../contract/draft.js";
import type { Exporter } from "../contract/export.js";
import { formatDuration } from "../kit/duration.js";
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

/**
 * A summary for people outside: times and durations from public evidence, in words of ours alone, and of the owner's
 * words what they have allowed. No title, link, host, channel, quote or role is taken from anywhere.
 */
export function publicSummary({ draft, internal, sections }: PublicSummaryInput): string {
  const { incident } = draft;
  const lines = [
    `# Incident of ${dayOf(incident.start)}`,
    "## Summary",
    `There was an incident from ${dayAndTime(incident.start)} UTC ${incident.end === null ? "on; it is not over yet" : `to ${dayAndTime(incident.end)} UTC`}. ${impactText(draft)}`,
    "## What happened",
    happened(draft) || "What can be told in public does not say when it took which turn.",
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

function impactText({ milestones }: Draft): string {
  const [start, over] = [milestones.impactStart, milestones.resolved.state === "found" ? milestones.resolved : milestones.recovered];
  if (start.state === "found" && over.state === "found" && start.at !== null && over.at !== null && over.at > start.at)
    return `The impact lasted ${formatDuration(over.at - start.at)}.`;
  return "How long the impact lasted is not known.";
}

/** The turns that were found, in the order of time. */
function happened({ milestones }: Draft): string {
  return MILESTONES.flatMap((name) => {
    const { state, at } = milestones[name];
    return state === "found" && at !== null ? [{ at, text: `- ${dayAndTime(at)} UTC: ${HAPPENED[name]}` }] : [];
  })
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text)
    .join("\n");
}

function leftOutText({ evidence }: Draft, internal: PublicSummaryInput["internal"]): string {
  const restricted = internal.evidence.filter(({ visibility }) => visibility === "private").length;
  return [
    `This summary is computed from ${evidence.length} of ${internal.evidence.length} records; ${restricted} are not public.`,
    `Of ${internal.entries.length} entries, the words, links and names are left out.`,
  ].join(" ");
}
