import type { TestContext } from "vitest";

/** Skips a test, and says why where everybody sees it. */
export function skipBecause(test: TestContext, reason: string): never {
  process.stderr.write(`skipped: ${test.task.name}: ${reason}\n`);
  test.skip(reason);
}
