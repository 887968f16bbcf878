import { expect, it } from "vitest";
import type { NoticeProblem } from "../../src/contract/notice.js";
import type { LookRecord } from "../../src/contract/watch.js";
import { lookAround } from "../../src/watch/look-around.js";
import { virtualClock } from "../support/virtual-clock.js";
import { NOTICED } from "./samples.js";

it("tells what cannot be noticed once, as long as it lasts", async () => {
  const told: unknown[] = [];
  let problems: NoticeProblem[] = [{ place: "a.json", text: "it is not JSON" }];
  const looks = new Map<string, LookRecord>();
  const look = async () => {
    const ports = {
      clock: virtualClock(NOTICED),
      signal: new AbortController().signal,
      log: (...line: unknown[]) => void told.push(line),
      looked: [{ connector: "folder", look: () => Promise.resolve({ reports: [], problems }) }],
    };
    for (const record of (await lookAround(0, looks, ports)).looks) looks.set(record.connector, record);
  };

  await look();
  await look();
  problems = [];
  await look();
  problems = [{ place: "a.json", text: "it is a link" }];
  await look();

  const line = (problem: string) => ["warning", "cannot be noticed", { connector: "folder", place: "a.json", problem }];
  expect(told).toEqual([line("it is not JSON"), line("it is a link")]);
});
