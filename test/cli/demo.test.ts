import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { Server, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { timeline } from "./support.js";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "timeline-demo-"))));
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

it("builds the bundled incident without opening a socket, so that it works where no network interface is", async () => {
  const noSocket = () => {
    throw new Error("a socket was opened");
  };
  vi.spyOn(Socket.prototype, "connect").mockImplementation(noSocket);
  vi.spyOn(Server.prototype, "listen").mockImplementation(noSocket);

  const { code, out } = await timeline(folder, ["demo", "--quiet"]);

  expect(code).toBe(0);
  expect(out).toContain("2026-03-04-checkout-errors.md");
  expect(out).toMatch(/\d+ of \d+ entries put forward/);
  expect(readdirSync(join(folder, "timelines", "demo")).sort()).toEqual([
    ".timeline",
    "2026-03-04-checkout-errors.charts",
    "2026-03-04-checkout-errors.json",
    "2026-03-04-checkout-errors.md",
  ]);
});
