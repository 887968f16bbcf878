#!/usr/bin/env node
// How well the draft puts the story forward: makes packs of scenario descriptions, serves each on loopback, builds it with
// the command line and scores the export, beside what simple approaches reach. Needs a build (`npm run build`) and the
// folder of the pack generator, its server and its scorer:
//
//   node test/bench/highlights.mjs --tools DIR [--seeds 1,2] [--level normal] [--baselines] [--verbose] description.json ...
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs, promisify } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tools: { type: "string" },
    seeds: { type: "string", default: "1" },
    level: { type: "string" },
    program: { type: "string", default: "dist/src/cli/main.js" },
    baselines: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
  },
});
if (values.tools === undefined || positionals.length === 0) {
  console.error("usage: highlights.mjs --tools DIR [--seeds 1,2] [--level normal] [--baselines] [--verbose] description.json ...");
  process.exit(2);
}

const tool = (file) => import(pathToFileURL(resolve(values.tools, file)).href);
const [{ buildPack, LEVELS }, { writePack }, { serve }, { loadPack, scoreDraft, baselineDraft, BASELINES }] = await Promise.all(
  ["lib/build.mjs", "generate.mjs", "serve.mjs", "score.mjs"].map(tool),
);
const percent = (share) => (share === null ? "-" : `${Math.round(100 * share)} %`);

printRow(["pack", "shown", "per moment", "must", "recall", "precision", "phase", "change", "complete", "order"]);
const scores = [];
for (const file of positionals) for (const seed of values.seeds.split(",")) scores.push(await measure(file, seed));
const mean = (of) => scores.reduce((sum, each) => sum + of(each), 0) / scores.length;
const worst = Math.min(...scores.map((each) => each.highlights.mustRecall));
printRow([
  "mean",
  "",
  mean((each) => each.highlights.perGold).toFixed(2),
  percent(mean((each) => each.highlights.mustRecall)),
  percent(mean((each) => each.highlights.recall)),
  percent(mean((each) => each.highlights.precision)),
  percent(mean((each) => each.phase.group)),
]);
console.log(`worst must-have recall ${percent(worst)}`);

async function measure(file, seed) {
  const description = JSON.parse(readFileSync(file, "utf8"));
  const folder = mkdtempSync(join(tmpdir(), "highlights-"));
  try {
    const name = `${basename(file, ".json")} ${seed}`;
    const options = { seed, ...(values.level === undefined ? {} : { items: LEVELS[values.level] }) };
    const place = join(folder, "pack");
    writePack(buildPack(description, options), place);
    const pack = loadPack(place);
    if (values.baselines) for (const each of Object.keys(BASELINES)) report(`  ${each}`, scoreDraft(pack, baselineDraft(pack, each)));
    const score = scoreDraft(pack, await build(place, pack.incident, folder));
    report(name, score);
    return score;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function build(place, incident, folder) {
  const server = await serve(place);
  try {
    const { slackApiUrl, githubApiUrl, datadogApiUrl } = server.urls;
    const config = join(folder, "pack.json");
    writeFileSync(
      config,
      JSON.stringify({
        store: join(folder, "store.db"),
        slack: {
          token: { env: "PACK_TOKEN" },
          apiUrl: slackApiUrl,
          channels: incident.slack.channels.map((each) => each.id),
          incidentChannels: incident.slack.channels.filter((each) => each.role === "incident").map((each) => each.name),
        },
        github: { token: { env: "PACK_TOKEN" }, apiUrl: githubApiUrl, repos: incident.github.repos },
        datadog: {
          apiKey: { env: "PACK_TOKEN" },
          appKey: { env: "PACK_TOKEN" },
          apiUrl: datadogApiUrl,
          metrics: incident.datadog.queries,
          events: { query: incident.datadog.eventQuery },
        },
      }),
    );
    const { reported, window } = incident;
    const out = join(folder, "out");
    const times = ["--start", reported.start, "--end", reported.end ?? window.end, "--from", window.start, "--until", window.end];
    const told = ["--config", config, "--title", incident.title, "--format", "json", "--out", out, "--quiet"];
    await promisify(execFile)(process.execPath, [values.program, "build", ...told, ...times], {
      env: { ...process.env, PACK_TOKEN: "xoxb-pack" },
      maxBuffer: 1 << 26,
    });
    const written = readdirSync(out).find((each) => each.endsWith(".json"));
    return JSON.parse(readFileSync(join(out, written), "utf8"));
  } finally {
    await server.close();
  }
}

function report(name, score) {
  const { highlights, trigger, phase, completeness, order } = score;
  printRow([
    name,
    highlights.count,
    highlights.perGold.toFixed(2),
    percent(highlights.mustRecall),
    percent(highlights.recall),
    percent(highlights.precision),
    percent(phase.group),
    trigger === null ? "none" : `${trigger.rank ?? "-"} of ${trigger.of}`,
    percent(completeness.core),
    order.orderErrors + order.timeMismatch + order.badTime,
  ]);
  if (values.verbose) for (const missed of highlights.missedMust) console.log(`    missed: ${missed}`);
}

function printRow(cells) {
  console.log(cells.map((cell, at) => (at === 0 ? String(cell).padEnd(24) : String(cell).padStart(11))).join(""));
}
