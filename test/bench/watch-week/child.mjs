/**
 * `timeline watch` on a clock that jumps: the real command's parts, the real store, the real clients. The time goes on from
 * the file in which the last process left it.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { DIST, FOLDER, UNTIL, INCIDENTS } = process.env;
const load = (path) => import(pathToFileURL(join(DIST, path)).href);
const [{ openWatch }, { createWatcher }, { loadConfig }, { builtinConnectors }] = await Promise.all([
  load("src/cli/watch/open-watch.js"),
  load("src/watch/watch.js"),
  load("src/config/index.js"),
  load("connectors/index.js"),
]);
const clockFile = join(FOLDER, "clock");
const incidents = JSON.parse(readFileSync(INCIDENTS, "utf8"));

let now = Number(readFileSync(clockFile, "utf8"));
let busy = 0;
const inside = new AsyncLocalStorage();
const sleepers = new Set();
const set = (time) => {
  now = Math.max(now, time);
  // Renamed: whoever is killed in between leaves the time of before.
  writeFileSync(`${clockFile}.next`, String(now));
  renameSync(`${clockFile}.next`, clockFile);
};
/** Waits of the work itself pass at once; the loop's own end when nobody works. */
const clock = {
  now: () => now,
  sleep: (ms, signal) => {
    if (inside.getStore() === true) {
      set(now + ms * 1000);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const sleeper = { until: now + ms * 1000, resolve };
      sleepers.add(sleeper);
      signal?.addEventListener("abort", () => (sleepers.delete(sleeper), reject(signal.reason)));
    });
  },
};
const working =
  (act) =>
  async (...args) => {
    busy += 1;
    try {
      return await inside.run(true, () => act(...args));
    } finally {
      busy -= 1;
    }
  };
const stop = new AbortController();
setInterval(() => {
  if (busy > 0 || sleepers.size === 0) return;
  const next = [...sleepers].reduce((first, each) => (each.until < first.until ? each : first));
  sleepers.delete(next);
  set(next.until);
  if (now >= Number(UNTIL)) stop.abort(new Error("the week is over"));
  next.resolve();
}, 0);

/** Stands for a second place that tells of incidents: from the start, and the end as soon as it is over. */
const teller = {
  id: "told",
  name: "Told",
  config: { schema: (await import("zod")).z.object({}), isVendorHost: () => false, baseUrls: () => [] },
  kinds: {},
  wire: { concurrency: 1, bucketOf: () => "none", perMinute: () => null, judge: () => null },
  identify: () => Promise.resolve({ tenant: "", data: {} }),
  sources: [],
  notice: {
    looker: {
      watches: () => ["everything"],
      look: () =>
        Promise.resolve({
          reports: incidents.filter(({ start, over }) => start <= now && over > now - 2 * 86_400e6).map(reportOf),
          problems: [],
        }),
    },
  },
};
/** Slack tells of the channel; this, of an issue that names the channel. */
function reportOf({ name, channel, issue, start, over }) {
  const key = `github:acme/ops#${issue}`;
  return {
    key,
    title: `Checkout trouble ${name}`,
    name,
    start,
    end: over <= now ? over : null,
    severity: null,
    url: null,
    visibility: "public",
    also: {},
    wishes: { services: [], only: {}, destinations: null },
    marks: [key, `slack:${channel}`],
  };
}

const connectors = [...builtinConnectors, teller];
const config = await loadConfig({ path: join(FOLDER, "timeline.config.json"), cwd: FOLDER, env: process.env, connectors });
const err = { write: (text) => process.stderr.write(text) };
const io = { env: process.env, cwd: FOLDER, clock, random: Math.random, err, signal: stop.signal, out: () => undefined };
const opened = await openWatch(config, io, {
  out: join(FOLDER, "timelines"),
  formats: ["md"],
  told: { json: true, quiet: false },
  connectors,
});
const { ports } = opened;
const looked = ports.looked.map((each) => ({ ...each, look: working(each.look) }));
const watcher = await createWatcher(
  {
    schedule: config.watch,
    lookEvery: config.watch.lookEvery,
    lookBack: config.watch.lookBack,
    sameBy: config.watch.sameBy,
    atOnce: config.watch.atOnce,
    alertAfter: config.watch.alertAfter,
  },
  { ...ports, looked, build: working(ports.build), attach: working(ports.attach) },
  opened.events,
);
await watcher.run().catch((error) => {
  if (!stop.signal.aborted) throw error;
});
process.exit(0);
