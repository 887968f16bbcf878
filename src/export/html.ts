import type { Exporter, ExportInput } from "../contract/export.js";
import { escapeHtml, htmlLink, isolated } from "../kit/html.js";
import { oneLine } from "../kit/text.js";
import { shownOf } from "./counts.js";
import { metricSection } from "./html/metrics.js";
import { momentOf } from "./html/parts.js";
import { changeSection, coverageSection, milestoneSection, participantSection, questionSection } from "./html/sections.js";
import { STYLE } from "./html/style.js";
import { allSection, anchorsOf, highlightSection } from "./html/timeline.js";
import { sealed, sealedHash } from "./seal.js";
import { builtText } from "./words.js";

/** Nothing is fetched, run or sent, whatever stands in the text: the page says so to the browser, before anything else. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * One page that needs nothing else: no script, no request, light and dark, narrow and wide, on paper. The last line is
 * the stamp.
 */
export const html: Exporter = {
  format: "html",
  extension: ".html",
  render(input) {
    const stamp = escapeHtml(oneLine(builtText(input.build)));
    return sealed(`${page(input)}\n`, (seal) => `<footer><p>${stamp}</p></footer></main></body></html><!-- ${seal} -->\n`);
  },
  untouchedHash: sealedHash,
};

function page(input: ExportInput): string {
  const title = oneLine(input.draft.incident.title) || "Incident";
  const anchors = anchorsOf(input);
  const sections = [
    milestoneSection(input),
    highlightSection(input, anchors),
    metricSection(input),
    changeSection(input, anchors),
    questionSection(input, anchors),
    participantSection(input),
    coverageSection(input),
    allSection(input),
  ].filter((part) => part !== "");
  return [
    "<!doctype html>",
    '<html lang="en">',
    '<head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">',
    '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><link rel="icon" href="data:,">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${STYLE}</style></head>`,
    `<body><main>`,
    header(title, input),
    contents(sections),
    ...sections,
  ].join("\n");
}

function header(title: string, input: ExportInput): string {
  const { incident, window, entries } = input.draft;
  const end = incident.end === null ? "still open" : momentOf(incident.end, input);
  const facts = [
    ["Incident", isolated(incident.id)],
    ...(incident.severity === undefined ? [] : [["Severity", isolated(oneLine(incident.severity))]]),
    ...(incident.url === undefined ? [] : [["Worked on at", htmlLink(incident.url, incident.url)]]),
    ["From", `${momentOf(incident.start, input)} to ${end} UTC`],
    ["Window", `${momentOf(window.from, input)} to ${momentOf(window.until, input)} UTC`],
  ].map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`);
  const { shown, total } = shownOf(entries);
  const gaps = input.draft.coverage.reduce((sum, line) => sum + line.gaps.length, 0);
  const seen = gaps === 0 ? "Everything that was asked for could be seen" : `${gaps} ${gaps === 1 ? "thing" : "things"} could not be seen`;
  return [
    `<header><h1>${isolated(title)}</h1>`,
    `<dl class="facts">${facts.join("")}</dl>`,
    `<p class="draft"><strong>Draft.</strong> ${shown} of ${total} entries shown. ${seen}: see <a href="#coverage">Coverage</a>.</p></header>`,
  ].join("\n");
}

function contents(sections: readonly string[]): string {
  const links = sections.flatMap((part) => {
    const found = /^<section id="([a-z]+)"[^>]*>\n<h2[^>]*>([^<]*)<\/h2>/.exec(part);
    return found ? [`<li><a href="#${found[1]}">${found[2]}</a></li>`] : [];
  });
  return `<nav aria-label="Contents"><ul>${links.join("")}</ul></nav>`;
}
