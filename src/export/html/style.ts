/** The whole look of the page: no font, picture or script is fetched. Colours hold 4.5 to 1 in both schemes. */
export const STYLE = `
:root { color-scheme: light dark; --bg: #fff; --ink: #1c2024; --soft: #56606b; --line: #d9dee3; --card: #f6f8fa; --link: #0a58b8;
  --accent: #8a3ffc; --warn: #8f4a00; --bad: #b3261e; --good: #17693b; --band: #c5d6ea; --shade: #ffd9b0; --mark: #1a5fb4; }
@media (prefers-color-scheme: dark) { :root { --bg: #14171a; --ink: #e6e9ec; --soft: #a3adb8; --line: #343b43; --card: #1d2227; --link: #79b8ff;
  --accent: #c39bff; --warn: #f5b26b; --bad: #ff8f86; --good: #71d198; --band: #34557d; --shade: #5a3a16; --mark: #8cc0ff; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--bg); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
h4 { font-size: .8rem; margin: 1rem 0 .25rem; color: var(--soft); text-transform: uppercase; letter-spacing: .06em; }
p { margin: 0 0 .5rem; }
a { color: var(--link); text-underline-offset: .15em; overflow-wrap: anywhere; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.facts { margin: 0 0 1rem; color: var(--soft); }
.facts div { display: flex; flex-wrap: wrap; gap: 0 .5rem; }
.facts dt { min-width: 5.5rem; }
.facts dd { margin: 0; color: var(--ink); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.draft { border: 1px solid var(--line); border-left: 4px solid var(--accent); border-radius: 4px; background: var(--card); padding: .6rem .8rem; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 1rem 0 0; padding: 0; }
.note, .hint, .why, .where, .local, .end, .legend { color: var(--soft); }
.hint, .why, .where, .local, .end, .legend { font-size: .85rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .925rem; }
th, td { text-align: start; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; min-width: 5.5rem; }
thead th { color: var(--soft); font-weight: bold; }
tbody th { font-weight: 500; overflow-wrap: break-word; min-width: 7.5rem; }
td time, .local { white-space: nowrap; }
.durations { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 45%), 1fr)); gap: .5rem; margin: 1rem 0 0; }
.durations div { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .5rem .75rem; }
.durations dt { color: var(--soft); font-size: .85rem; }
.durations dd { margin: 0; }
.durations dd .hint { display: block; }
.entries { list-style: none; margin: 0; padding: 0; }
.entries > li { display: grid; grid-template-columns: 7.5rem minmax(0, 1fr); gap: .25rem 1rem; padding: .55rem 0 .55rem .75rem; border-left: 3px solid var(--line); border-bottom: 1px solid var(--line); }
.entries > li:target { background: var(--card); }
.c-change { border-left-color: var(--accent) !important; } .c-alert { border-left-color: var(--bad) !important; }
.c-metric { border-left-color: var(--warn) !important; } .c-conversation { border-left-color: var(--mark) !important; }
.when { font-variant-numeric: tabular-nums; font-weight: bold; }
.when span { display: block; font-weight: normal; }
.what { overflow-wrap: anywhere; min-width: 0; }
.text > :last-child { margin-bottom: .15rem; }
.text p, .text blockquote, .text ul, .text ol, .text pre { margin: 0 0 .4rem; }
.text blockquote { border-inline-start: 3px solid var(--line); padding-inline-start: .75rem; color: var(--soft); }
.text blockquote p { margin: 0; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 4px; padding: .5rem .6rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; max-height: 24rem; overflow-y: auto; }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .9em; }
.role { font-weight: bold; }
.where, .why { margin: 0; }
.badges { float: inline-end; margin-inline-start: .5rem; }
.badge { display: inline-block; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .5rem; font-size: .75rem; color: var(--soft); background: var(--bg); margin-inline-start: .25rem; white-space: nowrap; }
.badge.private { color: var(--bad); border-color: currentColor; } .badge.milestone { color: var(--good); border-color: currentColor; }
.row .text { font-size: .925rem; }
.changes > li { margin-bottom: .6rem; }
.s-failed, .s-partial { color: var(--bad); } .s-not-asked { color: var(--warn); }
details summary { cursor: pointer; padding: .5rem 0; font-weight: bold; }
.chart { margin: 1.25rem 0 .5rem; }
.plot { display: flex; gap: .5rem; height: 9rem; }
.axis { width: 4.5rem; flex: none; display: flex; flex-direction: column; justify-content: space-between; align-items: flex-end; font-size: .8rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.plot svg { flex: 1; min-width: 0; height: 100%; background: var(--card); border: 1px solid var(--line); border-radius: 4px; }
.ticks { position: relative; height: 1.4rem; margin-left: 5rem; font-size: .8rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.ticks span { position: absolute; transform: translateX(-50%); white-space: nowrap; }
.grid { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
.band { fill: var(--band); } .anomaly { fill: var(--shade); }
.line { fill: none; stroke: var(--mark); stroke-width: 1.5; stroke-linejoin: round; stroke-linecap: round; vector-effect: non-scaling-stroke; }
.border { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 4 3; vector-effect: non-scaling-stroke; }
.key { display: inline-block; white-space: nowrap; margin-inline-end: .6rem; }
.key::before { content: ""; display: inline-block; width: .9rem; height: .6rem; margin-inline-end: .3rem; border-radius: 2px; }
.key-line::before { height: 2px; vertical-align: middle; background: var(--mark); } .key-band::before { background: var(--band); }
.key-anomaly::before { background: var(--shade); } .key-border::before { width: 0; height: 1em; vertical-align: middle; border-radius: 0; border-left: 1px dashed var(--soft); }
.in-1 { margin-inline-start: 1.5rem !important; } .in-2 { margin-inline-start: 3rem !important; } .in-3, .in-4, .in-5, .in-6, .in-7, .in-8 { margin-inline-start: 4.5rem !important; }
footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; border-top: 1px solid var(--line); padding-top: .75rem; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  main { padding-top: 1rem; } h1 { font-size: 1.4rem; }
  .entries > li { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .when span { display: inline; } .axis { width: 3rem; } .ticks { margin-left: 3.5rem; } .ticks span:nth-child(even) { display: none; }
  .facts dt { min-width: 100%; } td time { white-space: normal; }
}
@page { margin: 14mm; }
@media print {
  :root { color-scheme: light; --bg: #fff; --ink: #000; --soft: #444; --line: #bbb; --card: #fff; --link: #000; --accent: #8a3ffc; --warn: #8f4a00; --bad: #b3261e; --good: #17693b; --band: #c5d6ea; --shade: #ffd9b0; --mark: #1a5fb4; }
  html { font-size: 10pt; } main { max-width: none; padding: 0; } nav { display: none; }
  h2, h3, h4 { break-after: avoid; } .entries > li, tr, .chart, .durations div, .changes > li { break-inside: avoid; } .chart { break-after: avoid; }
  svg, .key::before, .badge { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  pre { max-height: none; overflow: visible; } .scroll { overflow: visible; }
}
`;
