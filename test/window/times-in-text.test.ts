import { expect, it } from "vitest";
import { earliestTimeIn } from "../../src/window/index.js";
import { fromIso, toIso } from "../../src/kit/instant.js";

const near = fromIso("2026-03-04T11:36:12Z")!;

it.each<[string, string | null, string | null]>([
  ["errors since 11:24 UTC, maybe earlier", null, "2026-03-04T11:24:00Z"],
  ["11:24Z first seen, paged at 11:31:10Z", null, "2026-03-04T11:24:00Z"],
  ["since 2026-03-04T12:24:30+01:00", null, "2026-03-04T11:24:30Z"],
  ["2026-03-04 09:05 UTC", null, "2026-03-04T09:05:00Z"],
  ["it began at 23:50 UTC", null, "2026-03-03T23:50:00Z"],
  ["since 9:05 UTC", null, "2026-03-04T09:05:00Z"],
  ["since roughly 11:24", null, null],
  ["since roughly 12:24", "Europe/Berlin", "2026-03-04T11:24:00Z"],
  ["last week, 2026-02-25T11:00Z", null, null],
  ["next try at 2026-03-04T12:00Z", null, null],
  ["ratio 16:9, port 10.0.0.1:8080, 11:24:30:99 UTC, 25:00 UTC", null, null],
  ["", null, null],
])("reads %j in %s as %s", (text, timezone, expected) => {
  const at = earliestTimeIn(text, { near, timezone });
  expect(at === null ? null : toIso(at, 1_000_000)).toBe(expected);
});

it("reads a long text without looking back", () => {
  expect(earliestTimeIn("1".repeat(1_000_000), { near, timezone: "UTC" })).toBeNull();
});
