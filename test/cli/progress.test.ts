import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createReporter } from "../../src/cli/progress.js";
import { NO_STYLES } from "../../src/cli/styles.js";
import type { ProgressEvent } from "../../src/contract/progress.js";
import { fromIso } from "../../src/kit/instant.js";
import { virtualClock } from "../support/virtual-clock.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const start = fromIso("2026-03-04T11:40:00Z")!;
const messages = { connector: "slack", source: "messages" } as const;
const page = (share: number, items = 12): ProgressEvent => ({ type: "source", ...messages, scope: "C1", items, share });
const waiting: ProgressEvent = {
  type: "waiting",
  connector: "slack",
  bucket: "conversations.history",
  ms: 30_000,
  why: "Slack asks to wait",
  allows: "Slack allows 50 pages a minute",
};
const merged = (id: string): ProgressEvent => ({
  type: "found",
  id,
  at: fromIso("2026-03-04T11:02:48Z")!,
  category: "change",
  connector: "github",
  source: "pulls",
  scope: "acme/shop",
  text: "somebody merged: New form",
});

function reporter(isTTY = false) {
  const said: string[] = [];
  const clock = virtualClock(start);
  const stream = { write: (text: string) => said.push(text), isTTY, columns: 160 };
  return { said, clock, ...createReporter({ stream, styles: NO_STYLES, clock }) };
}

describe("in a pipe", () => {
  it("says something at least every 30 s, and nothing after the end", () => {
    const { said, progress, end } = reporter();
    progress(page(0.4));
    vi.advanceTimersByTime(30_000);
    expect(said).toContain("still at work; slack messages: 12 items so far, 40 %\n");
    progress({ type: "source done", ...messages, scopes: 1, items: 12, gaps: 0 });
    end();
    const count = said.length;
    vi.advanceTimersByTime(120_000);
    expect(said.length).toBe(count);
  });

  it("says what is waited for while nothing is read yet", () => {
    const { said, progress, end } = reporter();
    progress({ ...waiting, ms: 60_000 });
    vi.advanceTimersByTime(30_000);
    end();
    expect(said.at(-1)).toBe(
      "still at work; slack waits 1 min for conversations.history: Slack asks to wait (Slack allows 50 pages a minute)\n",
    );
  });

  it("says what is waited for, what is allowed, and how long all of it will take", () => {
    const { said, clock, progress } = reporter();
    progress(page(0));
    clock.advance(30_000);
    progress(page(0.25));
    progress(waiting);
    expect(said).toEqual([
      "slack waits 30 s for conversations.history: Slack asks to wait (Slack allows 50 pages a minute): about 3 min left\n",
    ]);
    progress({ ...waiting, ms: 200 });
    expect(said).toHaveLength(1);
  });

  it("says each change and alert once, and how many it left out", () => {
    const { said, progress, end } = reporter();
    progress(merged("a"));
    progress(merged("a"));
    expect(said).toEqual(["2026-03-04 11:02:48Z  change  github: somebody merged: New form (acme/shop)\n"]);
    for (let index = 0; index < 110; index += 1) progress(merged(`b${index}`));
    end();
    expect(said).toHaveLength(101);
    expect(said.at(-1)).toBe("11 more changes and alerts: see the draft\n");
  });
});

describe("on a terminal", () => {
  it("shows the same facts: a line per source, painted over, and what was found above it", () => {
    const { said, clock, progress, end } = reporter(true);
    progress(page(0));
    clock.advance(30_000);
    progress(page(0.25, 100));
    progress(waiting);
    progress(merged("a"));
    progress({ type: "source done", ...messages, scopes: 1, items: 500, gaps: 1 });
    end();
    const screen = painted(said.join(""));
    expect(said.join("")).toContain("Slack allows 50 pages a minute");
    expect(said.join("")).toContain("112 items, 25 %, about 3 min left");
    expect(screen).toEqual([
      "2026-03-04 11:02:48Z  change  github: somebody merged: New form (acme/shop)",
      "  ✓ slack messages       500 items, 1 gap",
    ]);
  });
});

/** What is left on the screen, of a text that moves up and clears to the end. */
function painted(text: string): string[] {
  let lines: string[] = [];
  // oxlint-disable-next-line no-control-regex
  for (const part of text.split(/(\u001b\[\d+A\u001b\[0J)/)) {
    // oxlint-disable-next-line no-control-regex
    const up = /^\u001b\[(\d+)A/.exec(part);
    if (up) lines = lines.slice(0, lines.length - Number(up[1]));
    else lines.push(...part.split("\n").slice(0, -1));
  }
  return lines;
}
