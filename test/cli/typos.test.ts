import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBench, type Bench } from "../support/build-fixture.js";
import { timeline } from "./support.js";

const ID = "2026-03-04-checkout-errors";
let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await bench.build();
});
afterAll(() => bench.close());

const CONFIG = (text: string) => ["config", "check", "--config", text];

/** What is typed, and what the answer names instead. Configs are written to a file of their own. */
const TYPOS: readonly (readonly [argv: readonly string[], meant: string])[] = [
  [["biuld"], "build"],
  [["shw"], "show"],
  [["lits"], "list"],
  [["exprot"], "export"],
  [["nte"], "note"],
  [["dif"], "diff"],
  [["complete"], "completion"],
  [["config", "chck"], "check"],
  [["help", "exprot"], "export"],
  [["help", "SLACK_MISING_SCOPE"], "SLACK_MISSING_SCOPE"],
  [["build", "--strat", "-3h"], "--start"],
  [["show", "--arround", "11:31"], "--around"],
  [["show", "--fase", "before"], "--phase"],
  [["note", "x", "--dryrun"], "--dry-run"],
  [["export", "--formt", "md"], "--format"],
  [["who", "--sugest"], "--suggest"],
  [["export", "--format", "jsnl"], "jsonl"],
  [["export", "--format", "md,htlm"], "html"],
  [["build", "--start", "-3h", "--format", "cvs"], "csv"],
  [["show", "--phase", "detecton"], "detection"],
  [["show", "--kind", "chnage"], "change"],
  [["show", "--kind", "slack.mesage.posted"], "slack.message.posted"],
  [["show", "--source", "#suport"], "#support"],
  [["show", "--source", "tillerby/shpo"], "tillerby/shop"],
  [["show", "--source", "datdog"], "datadog"],
  [["show", "--incident", "2026-03-04-chekout-errors"], ID],
  [["export", "--incident", "2026-03-04-checkout-error"], ID],
  [["note", "x", "--incident", "2026-03-04-checkout-erors"], ID],
  [["who", "--print-names", "respnder", "A"], "responder A"],
  [CONFIG('{ "slak": {} }'), '"slack"'],
  [CONFIG('{ "slack": { "chanels": ["inc-*"] } }'), '"channels"'],
  [CONFIG('{ "slack": {}, "time_zone": "UTC" }'), '"timezone"'],
];

it.each(TYPOS)("answers %j with %s", async (argv, meant) => {
  const text = argv.at(-1)!;
  if (text.startsWith("{")) writeFileSync(join(bench.folder, "typo.json"), text);
  const typed = text.startsWith("{") ? [...argv.slice(0, -1), "typo.json"] : argv;
  const { code, out, err } = await timeline(bench.folder, typed);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err.toLowerCase()).toContain(`did you mean ${meant.toLowerCase()}?`);
});

it("says nothing of what is merely not there", async () => {
  const { code, out } = await timeline(bench.folder, ["show", "--kind", "grafana"]);
  expect(code).toBe(0);
  expect(out).toContain("0 of ");
});
