/**
 * How long commands take to answer, against an empty Node: `npm run build && node test/bench/startup.mjs`.
 * Pairs alternate, so that whatever else the machine does meets both; the median of the ratios of pairs is judged.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";

const PAIRS = Number(process.argv[2] ?? 31);
const MAIN = resolve(import.meta.dirname, "../../dist/src/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "timeline-startup-"));

const CASES = [
  { name: "timeline --help", argv: [MAIN, "--help"], atMost: 2 },
  { name: "timeline list", argv: [MAIN, "list", "--config", join(folder, ".timeline/demo.config.json")], atMost: 3 },
];

try {
  execFileSync(process.execPath, [MAIN, "demo", "--quiet", "--out", folder], { stdio: "ignore" });
  const results = CASES.map(({ name, argv, atMost }) => ({ name, atMost, ...compare(argv) }));
  for (const { name, ratio, empty, own, atMost } of results)
    console.log(
      `${name}: ${ratio.toFixed(2)} x node -e 0 (medians ${own.toFixed(0)} and ${empty.toFixed(0)} ms, ${PAIRS} pairs; at most ${atMost})`,
    );
  process.exitCode = results.every(({ ratio, atMost }) => ratio <= atMost) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function compare(argv) {
  for (const each of [["-e", "0"], argv]) took(each);
  const pairs = Array.from({ length: PAIRS }, () => ({ empty: took(["-e", "0"]), own: took(argv) }));
  return {
    ratio: median(pairs.map(({ empty, own }) => own / empty)),
    empty: median(pairs.map(({ empty }) => empty)),
    own: median(pairs.map(({ own }) => own)),
  };
}

function took(argv) {
  const from = performance.now();
  const { status, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - from;
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
