import type { DraftAnomaly } from "../contract/draft.js";
import type { ChartSeries, Exporter, ExportInput } from "../contract/export.js";
import { escapeHtml } from "../kit/html.js";
import { sha256 } from "../kit/hash.js";
import { oneLine, shorten, slug } from "../kit/text.js";
import { plotOf, type Plot } from "./html/chart.js";
import { figure } from "./html/figure.js";
import { isoShort } from "./moment.js";
import { sealed, sealedHash } from "./seal.js";

/** As many as the page draws. */
const MOST = 12;

/** The folder beside the Markdown that its charts stand in. */
export function chartFolder(incident: string): string {
  return `${incident}.charts`;
}

/** One SVG for each of the series that stood out most; the name stays that of its series, whatever else there is. */
export function chartFiles(input: ExportInput): { readonly name: string; readonly series: string; readonly text: string }[] {
  const { anomalies } = input.draft;
  const named = [...new Set([...anomalies].sort((a, b) => b.score - a.score || a.onset - b.onset).map(({ series }) => series))];
  return named.slice(0, MOST).flatMap((name) => {
    const series = (input.series ?? []).find((each) => each.series === name);
    const text =
      series &&
      standalone(
        series,
        anomalies.filter((each) => each.series === name),
        input,
      );
    return text ? [{ name: `${slug(name).slice(0, 60)}-${sha256(name).slice(0, 8)}.svg`, series: name, text }] : [];
  });
}

/** One that somebody has changed is left alone. */
export const chartFile: Pick<Exporter, "untouchedHash"> = { untouchedHash: sealedHash };

/** Read as a picture by itself, on light and dark ground; without a script. */
function standalone(series: ChartSeries, anomalies: readonly DraftAnomaly[], input: ExportInput): string | null {
  const plot = plotOf(series, anomalies, input);
  if (plot === null) return null;
  const title = escapeHtml(shorten(oneLine(`${series.series}${series.unit === null ? "" : ` (${series.unit})`}`), 110));
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 250" role="img" aria-label="${title}">`,
    `<style>${STYLE}</style>`,
    '<rect class="ground" width="1000" height="250"/>',
    `<text x="10" y="26">${title}</text>`,
    `<svg x="100" y="42" width="880" height="160" viewBox="${plot.viewBox}" preserveAspectRatio="none">${plot.shapes}</svg>`,
    ...labels(plot),
    "</svg>",
  ];
  return sealed(`${lines.join("\n")}\n`, (seal) => `<!-- incident-timeline ${seal} -->\n`);
}

function labels({ top, bottom, from, until }: Plot): string[] {
  return [
    `<text class="soft" x="92" y="54" text-anchor="end">${figure(top)}</text>`,
    `<text class="soft" x="92" y="202" text-anchor="end">${figure(bottom)}</text>`,
    `<text class="soft" x="100" y="230">${isoShort(from)}</text>`,
    `<text class="soft" x="980" y="230" text-anchor="end">${isoShort(until)}</text>`,
  ];
}

const STYLE =
  "text{font:18px system-ui,sans-serif;fill:#1c2024}.soft{font-size:15px;fill:#56606b}.ground{fill:#fff}.grid{stroke:#d9dee3}" +
  ".anomaly{fill:#ffd9b0}.band{fill:#c5d6ea}.border{stroke:#56606b;stroke-dasharray:4 4}.line{fill:none;stroke:#1a5fb4;stroke-width:2}" +
  ".grid,.border,.line{vector-effect:non-scaling-stroke}" +
  "@media(prefers-color-scheme:dark){text{fill:#e6e9ec}.soft{fill:#a3adb8}.ground{fill:#14171a}.grid{stroke:#343b43}" +
  ".anomaly{fill:#5a3a16}.band{fill:#34557d}.border{stroke:#a3adb8}.line{stroke:#8cc0ff}}";
