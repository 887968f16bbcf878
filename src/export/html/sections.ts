import { MILESTONES } from "../../contract/draft.js";
import type { CoverageLine } from "../../contract/draft.js";
import type { ExportInput } from "../../contract/export.js";
import { formatDuration } from "../../kit/duration.js";
import { escapeHtml } from "../../kit/html.js";
import { toPlain } from "../../kit/rich-text.js";
import { compareText } from "../../kit/text.js";
import { countsByKind } from "../counts.js";
import { spanText } from "../moment.js";
import { namesOf } from "../names.js";
import { participantsOf } from "../participants.js";
import { distanceText, foundText, MILESTONE_LABELS, MILESTONE_STATES } from "../words.js";
import { line, mention, momentOf, privateBadge, section, table } from "./parts.js";

const MOST_ACTS = 4;

/** Each with its time or the words for not having one, and the durations with what they mean. */
export function milestoneSection(input: ExportInput): string {
  const rows = MILESTONES.map((name) => {
    const { state, at, because } = input.draft.milestones[name];
    const time = at === null ? "" : momentOf(at, input);
    const word = state === "found" ? "" : `<em>${MILESTONE_STATES[state]}</em> `;
    return [MILESTONE_LABELS[name], `${word}${time}`, line(because)];
  });
  const durations = input.draft.durations.map(({ name, micros, definition }) => {
    const value = micros === null ? "not known" : formatDuration(micros) || "0 s";
    return `<div><dt>${line(name)}</dt><dd><strong>${escapeHtml(value)}</strong> <span class="hint">${line(definition)}</span></dd></div>`;
  });
  const list = durations.length === 0 ? "" : `<dl class="durations">\n${durations.join("\n")}\n</dl>`;
  return section("milestones", "Milestones", table("Milestones", ["Milestone", "UTC", "Taken from"], rows), list);
}

/** Changes next to the symptoms, each with its distance and without a verdict; the highest scores first. */
export function changeSection(input: ExportInput, anchors: ReadonlyMap<string, number>): string {
  const changes = [...input.draft.changes].sort((a, b) => b.score - a.score || compareText(a.id, b.id));
  const entries = new Map(input.draft.entries.map((entry) => [entry.id, entry]));
  const items = changes.map((change) => {
    const acts = change.entries.flatMap((id) => entries.get(id) ?? []);
    const listed = acts.slice(0, MOST_ACTS).map((entry) => `<li>${mention(entry, input, anchors)}</li>`);
    const more = acts.length > MOST_ACTS ? `<p class="hint">${MOST_ACTS} of ${acts.length} acts are listed.</p>` : "";
    const reverted = change.revertedBy.length === 0 ? "" : ' <span class="badge">reverted later</span>';
    return `<li><strong>${line(toPlain(change.title, namesOf(input)), 160)}</strong>: ${escapeHtml(distanceText(change.beforeImpactMicros))}${reverted}<ul>${listed.join("")}</ul>${more}</li>`;
  });
  const note =
    changes.length === 0
      ? "No change was found in the window or linked to it."
      : "The distance in time is a fact; whether a change contributed is for the reader to say.";
  return section(
    "changes",
    "Contributing changes",
    `<p class="note">${note}</p>`,
    items.length === 0 ? "" : `<ul class="changes">\n${items.join("\n")}\n</ul>`,
  );
}

export function questionSection(input: ExportInput, anchors: ReadonlyMap<string, number>): string {
  const entries = new Map(input.draft.entries.map((entry) => [entry.id, entry]));
  const items = input.draft.questions.map(({ entry, text }) => {
    const about = entries.get(entry ?? "");
    return `<li>${line(text)}${about ? ` <span class="hint">${mention(about, input, anchors)}</span>` : ""}</li>`;
  });
  return items.length === 0 ? "" : section("questions", "Open questions", `<ul>\n${items.join("\n")}\n</ul>`);
}

/** By role: who did something, how much of it is shown, first and last. */
export function participantSection(input: ExportInput): string {
  const rows = participantsOf(input).map(({ role, entries }) => {
    const shown = entries.filter((entry) => entry.highlighted).length;
    return [line(role), `${shown} of ${entries.length}`, momentOf(entries[0]!.at, input), momentOf(entries.at(-1)!.at, input)];
  });
  if (rows.length === 0) return section("participants", "Participants", '<p class="note">No person acted in what was collected.</p>');
  const note = '<p class="note">Roles stand for people, so that this can be shared.</p>';
  return section(
    "participants",
    "Participants",
    note,
    table("Participants", ["Role", "Entries shown", "First act (UTC)", "Last act (UTC)"], rows),
  );
}

/** What could be seen and what could not. */
export function coverageSection({ draft }: ExportInput): string {
  const rows = draft.coverage.map((each) => [
    line(`${each.connector} ${each.source}`, 60),
    scopeOf(each),
    each.asked === null ? "" : escapeHtml(spanText(each.asked)),
    `<span class="s-${each.state.replace(" ", "-")}">${escapeHtml(foundText(each))}</span>`,
  ]);
  const ledger =
    rows.length === 0 ? '<p class="note">No source was asked.</p>' : table("Coverage", ["Source", "Scope", "Asked (UTC)", "Found"], rows);
  const kinds = countsByKind(draft).map(([kind, { shown, total }]) => [line(kind, 80), `${shown} of ${total}`]);
  return section(
    "coverage",
    "Coverage",
    ledger,
    list("What could not be seen", draft.coverage.flatMap(gapLines)),
    kinds.length === 0 ? "" : `<h3>Entries by kind</h3>\n${table("Entries by kind", ["Kind", "Shown"], kinds)}`,
    list(
      "Notes on this draft",
      draft.notes.map((note) => line(note, 400)),
    ),
  );
}

function gapLines(each: CoverageLine): string[] {
  return each.gaps.map(({ reason, span, count, detail, hint }) => {
    const many = count === null ? "" : ` (${count})`;
    const when = span === null ? "" : `, ${spanText(span)} UTC`;
    return `${line(each.connector, 40)} ${scopeOf(each)}: <strong>${escapeHtml(reason)}</strong>${many}${escapeHtml(when)}. ${line(detail)}${hint === null ? "" : `<br><span class="hint">${line(hint)}</span>`}`;
  });
}

function scopeOf({ name, scope, visibility }: CoverageLine): string {
  return `${line(name === "" ? scope : name, 80)} ${privateBadge(visibility)}`.trim();
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0 ? "" : `<h3>${title}</h3>\n<ul>\n${items.map((item) => `<li>${item}</li>`).join("\n")}\n</ul>`;
}
