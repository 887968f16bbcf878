import { afterAll, beforeAll, expect, it } from "vitest";
import { loadIncident } from "../../fixtures/incident-data.js";
import type { FoundEvent, ProgressEvent } from "../../src/contract/progress.js";
import { openBench, type Bench } from "../support/build-fixture.js";

const TITLE = "Card form of Kavya Brandsma, pair @kav-codes, ask rose.tamblyn@tillerby.example";

let bench: Bench;
beforeAll(async () => {
  const data = loadIncident();
  for (const pull of data.github.pulls["tillerby/payments"]!) if (pull.title.startsWith("Card form")) pull.title = TITLE;
  bench = await openBench({ data });
}, 120_000);
afterAll(() => bench.close());

async function foundTexts(now: string): Promise<string[]> {
  const events: ProgressEvent[] = [];
  await bench.build({ now, request: { refresh: true }, progress: (event) => void events.push(event) });
  const found = events.filter((event): event is FoundEvent => event.type === "found");
  return found.filter(({ text }) => text.includes("merged: Card form")).map(({ text }) => text);
}

it("names nobody in what is told while reading goes on: those who act and addresses at once, all others as soon as they are known", async () => {
  const [first] = await foundTexts("2026-03-20T09:00:00Z");
  expect(first).toMatch(/^somebody merged: Card form of .*, pair \[someone\], ask \[/);
  expect(first).not.toMatch(/kav-codes|tamblyn/i);

  const later = await foundTexts("2026-03-22T09:00:00Z");
  expect(new Set(later)).toEqual(new Set(["somebody merged: Card form of [someone], pair [someone], ask [someone]"]));
}, 120_000);
