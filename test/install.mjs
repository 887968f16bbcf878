#!/usr/bin/env node
// What somebody gets who installs the package: `npm run test:install`. It is packed, installed from the tarball into an
// empty folder (which may compile SQLite: minutes), and then used without any network interface, where `unshare` can take it away.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const INCIDENT = "timelines/demo/2026-03-04-checkout-errors";
const CONFIG = ["--config", "timelines/demo/.timeline/demo.config.json"];

/** Commands as they are typed in the folder, and what each says when it ends well. */
const COMMANDS = [
  { argv: ["demo"], says: /\d+ of \d+ entries put forward/ },
  { argv: ["list", ...CONFIG], says: /2026-03-04-checkout-errors/ },
  { argv: ["show", ...CONFIG], says: /Impact start/i },
  { argv: ["export", ...CONFIG, "--format", "md,json,csv,jsonl,html", "--out", "exported"], says: /2026-03-04-checkout-errors\.html/ },
  { argv: ["verify", `${INCIDENT}.json`, ...CONFIG], says: /./ },
];

const base = mkdtempSync(join(tmpdir(), "timeline-install-"));
try {
  const started = Date.now();
  const [{ filename, entryCount, size }] = JSON.parse(run("npm", ["pack", "--json", "--silent", "--pack-destination", base], ROOT));
  const folder = mkdtempSync(join(base, "empty-"));
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  run("npm", ["install", "--no-fund", "--no-audit", "--silent", join(base, filename)], folder);
  const installed = seconds(started);
  const cutOff = spawnSync("unshare", ["-rn", "true"]).status === 0;
  for (const { argv, says } of COMMANDS) {
    const [command, flags] = cutOff ? ["unshare", ["-rn", "npx", "--offline", "timeline"]] : ["npx", ["--offline", "timeline"]];
    const out = run(command, [...flags, ...argv], folder);
    if (!says.test(out)) throw new Error(`timeline ${argv.join(" ")} said something else:\n${out}`);
    console.log(`timeline ${argv[0]}: ends 0`);
  }
  const where = cutOff ? "without a network interface" : "with network: unshare is missing or refused here";
  console.log(`${entryCount} files, ${Math.round(size / 1024)} KiB; installed in ${installed} s; ${COMMANDS.length} commands ran ${where}`);
} finally {
  rmSync(base, { recursive: true, force: true });
}

/** @throws with what it said, unless it ends with 0. */
function run(command, argv, cwd) {
  const ended = spawnSync(command, argv, { cwd, encoding: "utf8", maxBuffer: 1e9 });
  if (ended.error) throw ended.error;
  if (ended.status !== 0) throw new Error(`${command} ${argv.join(" ")} ended with ${ended.status ?? ended.signal}\n${ended.stderr}`);
  return ended.stdout;
}

function seconds(since) {
  return Math.round((Date.now() - since) / 1000);
}
