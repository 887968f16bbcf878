import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createReporter } from "../../src/cli/progress.js";
import { NO_STYLES } from "../../src/cli/styles.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("says something at least every 30 s in a pipe, and nothing after the end", () => {
  const said: string[] = [];
  const reporter = createReporter({ write: (text) => said.push(text) }, NO_STYLES, false);
  reporter.progress({ type: "source", connector: "slack", source: "messages", scope: "C1", items: 12 });
  vi.advanceTimersByTime(30_000);
  expect(said).toContain("still at work; slack messages: 12 items so far\n");
  reporter.progress({ type: "source done", connector: "slack", source: "messages", scopes: 1, items: 12, gaps: 0 });
  reporter.end();
  const count = said.length;
  vi.advanceTimersByTime(120_000);
  expect(said.length).toBe(count);
});
