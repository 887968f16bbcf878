import { expect, it } from "vitest";
import { withPurged } from "../../src/collect/index.js";
import type { CoverageLine } from "../../src/contract/draft.js";

const place = { connector: "chat", tenant: "T1", source: "messages" };
const line = (scope: string, visibility: CoverageLine["visibility"] = "public"): CoverageLine => ({
  connector: "chat",
  source: "messages",
  scope,
  name: scope,
  asked: { from: 0, until: 100 },
  seen: 0,
  state: "complete",
  gaps: [],
  visibility,
});
const seen = (scope: string) => ({ ...place, scope, name: scope, lastDeployment: false, spans: [{ from: 0, until: 100 }] });
const gone = (scope: string, from: number, count: number | null = 2) => ({
  ...place,
  scope,
  span: { from, until: from + 10 },
  purgedAt: 1_772_000_000_000_000,
  words: "older than 2026-01-01",
  count,
});
const gapsOf = (lines: readonly CoverageLine[]) => lines.map(({ scope, state, gaps }) => [scope, state, gaps.map(({ count }) => count)]);

it("tells of it in the line of its scope, of a thread in that of its channel, and nowhere else", () => {
  const lines = [line("C1"), line("C11"), line("C2")];
  const after = withPurged(lines, ["C1", "C1:5", "C11"].map(seen), [gone("C1", 5), gone("C1:5", 50, 1), gone("C2", 5), gone("C11", 500)]);

  expect(gapsOf(after)).toEqual([
    ["C1", "partial", [3]],
    ["C11", "complete", []],
    ["C2", "complete", []],
  ]);
  expect(after[0]!.gaps[0]).toMatchObject({ reason: "purged", span: { from: 5, until: 60 } });
  expect(after[0]!.gaps[0]!.detail).toBe("Purged on 2026-02-25: what was older than 2026-01-01");
});

it("says no number where a part of it is back", () => {
  expect(gapsOf(withPurged([line("C1")], [seen("C1")], [gone("C1", 5), gone("C1", 50, null)]))).toEqual([["C1", "partial", [null]]]);
});
