/**
 * Incidents of a simulated week, watched by one process that is killed with -9 every few simulated hours; then what is at the
 * services is compared with what should be there.
 * Usage: npm run build && node test/bench/watch-week/run.mjs [--incidents 1000] [--days 7] [--seed 1] [--kill-hours 4] [--trouble 0.01]
 */
import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import Database from "better-sqlite3";
import { serveWeek } from "./services.mjs";
import { verdictOf } from "./verdict.mjs";
import { DAY, HOUR, MINUTE, MONDAY, incidentsOf, randomOf } from "./world.mjs";

const { values } = parseArgs({
  options: {
    incidents: { type: "string", default: "1000" },
    days: { type: "string", default: "7" },
    seed: { type: "string", default: "1" },
    "kill-hours": { type: "string", default: "4" },
    trouble: { type: "string", default: "0.01" },
    dist: { type: "string", default: join(import.meta.dirname, "../../../dist") },
    keep: { type: "boolean", default: false },
  },
});
const [count, days, seed] = [values.incidents, values.days, values.seed].map(Number);
const random = randomOf(seed + 1);
const folder = mkdtempSync(join(tmpdir(), "timeline-week-"));
const clockFile = join(folder, "clock");
const incidents = incidentsOf(count, days, seed);
const last = Math.max(...incidents.map(({ over }) => over));
const until = last + DAY + 2 * HOUR;
writeFileSync(clockFile, String(MONDAY));
writeFileSync(join(folder, "incidents.json"), JSON.stringify(incidents));
mkdirSync(join(folder, "reports"));

const now = () => Number(readFileSync(clockFile, "utf8"));
const services = await serveWeek({ incidents, now, random, trouble: Number(values.trouble) });
writeFileSync(
  join(folder, "timeline.config.json"),
  JSON.stringify({
    slack: {
      apiUrl: `${services.url}/api/`,
      channels: ["#deploys"],
      notice: { channels: ["inc-*"] },
      attach: { incidentChannel: true, file: true },
    },
    github: { apiUrl: services.url, repos: ["acme/ops"], attach: { issue: true } },
    folder: { attach: [{ path: "reports", formats: ["md"], readers: "organisation" }] },
    webhook: { send: [{ name: "status", url: `${services.url}/hook`, readers: "organisation" }] },
    told: {},
  }),
);

const env = {
  ...process.env,
  DIST: values.dist,
  FOLDER: folder,
  UNTIL: String(until),
  INCIDENTS: join(folder, "incidents.json"),
  SLACK_BOT_TOKEN: "xoxb-week",
  GITHUB_TOKEN: "week",
  TIMELINE_WEBHOOK_SECRET: "a-secret-of-a-simulated-week",
};
const began = Date.now();
let kills = 0;
for (let isOver = false; !isOver;) isOver = await oneLife(now() + (0.5 + random()) * Number(values["kill-hours"]) * HOUR);

const store = new Database(join(folder, ".timeline/timeline.db"), { readonly: true });
const watched = store
  .prepare("select record from watched")
  .all()
  .map(({ record }) => JSON.parse(record));
store.close();
const log = readFileSync(join(folder, "log"), "utf8")
  .split("\n")
  .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []));
const verdict = verdictOf({
  incidents,
  watched,
  log,
  state: services.state,
  reports: readdirSync(join(folder, "reports")),
  slack: 5 * MINUTE,
});
services.close();

console.log(
  `simulated week: ${count} incidents in ${days} days, seed ${seed}, ${kills} kills, ${Math.round((Date.now() - began) / 1000)} s`,
);
for (const [name, value] of Object.entries(verdict.table)) console.log(`  ${name.padEnd(52)} ${value}`);
for (const line of verdict.wrong.slice(0, 20)) console.log(`  WRONG ${line}`);
if (values.keep) console.log(folder);
else rmSync(folder, { recursive: true, force: true });
process.exit(verdict.wrong.length === 0 ? 0 : 1);

/** One process, until it is killed at about that time, wherever it is then. @returns whether the week is over. */
function oneLife(killAt) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, "child.mjs")], { env, stdio: ["ignore", "ignore", "pipe"] });
    child.stderr.setEncoding("utf8").on("data", (text) => appendFileSync(join(folder, "log"), text));
    const killer = setInterval(() => {
      if (now() < killAt) return;
      kills += 1;
      clearInterval(killer);
      child.kill("SIGKILL");
    }, 3);
    child.on("close", (code, signal) => {
      clearInterval(killer);
      if (signal === "SIGKILL") resolve(false);
      else if (code === 0) resolve(true);
      else reject(new Error(`the watch ended with ${code}: ${readFileSync(join(folder, "log"), "utf8").slice(-2000)}`));
    });
  });
}
