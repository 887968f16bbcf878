import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { html } from "../../src/export/html.js";
import { filledWith, PAYLOADS } from "../export/support/hostile-draft.js";
import { demoPage } from "./demo-page.js";
import { ANYTHING_RUNS, LISTEN_FOR_SCRIPTS, MEASURE, VIOLATIONS, type Measured } from "./in-page.js";
import { openBrowser } from "./open-browser.js";

const opened = await openBrowser();
const browser = "reason" in opened ? null : opened;
if (browser === null) process.stderr.write(`skipped: the page in a browser. ${(opened as { reason: string }).reason}\n`);
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe.skipIf(browser === null)("the HTML page in a browser", () => {
  let page: Awaited<ReturnType<typeof demoPage>> | undefined;
  beforeAll(async () => void (page = await demoPage()), 120_000);
  afterAll(async () => {
    page?.clear();
    await (browser as Browser).close();
  });

  /** A tab, what it asked for, and what it complained of. */
  async function visit<T>(
    options: BrowserContextOptions,
    work: (tab: Page, seen: { requests: string[]; errors: string[] }) => Promise<T>,
  ): Promise<T> {
    const context = await (browser as Browser).newContext({ locale: "en-US", ...options });
    try {
      const tab = await context.newPage();
      const seen = { requests: [] as string[], errors: [] as string[] };
      tab.on("request", (request) => seen.requests.push(request.url()));
      tab.on("console", (message) => void (message.type() === "error" && seen.errors.push(message.text())));
      tab.on("pageerror", (error) => seen.errors.push(error.message));
      return await work(tab, seen);
    } finally {
      await context.close();
    }
  }

  const views = [1440, 390].flatMap((width) => (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })));

  it.each(views)("fits $width pixels, $colorScheme, and asks for nothing", async ({ width, colorScheme }) => {
    await visit({ viewport: { width, height: 900 }, colorScheme }, async (tab, seen) => {
      const url = pathToFileURL(page!.path).href;
      await tab.goto(url);
      await tab.locator("summary").click();
      const measured = await tab.evaluate<Measured>(MEASURE);

      expect(measured.width).toBe(width);
      expect(measured.background).toBe(colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(20, 23, 26)");
      expect(measured.charts.length).toBeGreaterThan(3);
      expect(Math.min(...measured.charts)).toBeGreaterThan(width / 2);
      expect(measured.shaded).toBeGreaterThanOrEqual(measured.charts.length);
      expect(measured.bands).toBeGreaterThan(0);
      expect(seen).toEqual({ requests: [url], errors: [] });
    });
  });

  it.each([views[0]!, views[3]!])("has nothing for axe to complain of: $width pixels, $colorScheme", async ({ width, colorScheme }) => {
    await visit({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true }, async (tab) => {
      await tab.goto(pathToFileURL(page!.path).href);
      await tab.locator("summary").click();
      await tab.addScriptTag({ content: AXE });
      const violations = await tab.evaluate<string[]>(VIOLATIONS);
      expect(violations).toEqual([]);
    });
  });

  it("is read without JavaScript, and prints", async () => {
    await visit({ javaScriptEnabled: false }, async (tab) => {
      await tab.goto(pathToFileURL(page!.path).href);
      expect(await tab.locator("h1").innerText()).toBe("Checkout errors");
      await tab.locator("summary").click();
      expect(await tab.locator("#all li").first().isVisible()).toBe(true);
      const pdf = (await tab.pdf({ format: "A4" })).toString("latin1");
      expect(pdf.startsWith("%PDF-")).toBe(true);
      expect(pdf.match(/\/Type \/Page\b/g)!.length).toBeGreaterThan(5);
    });
  });

  it("runs nothing of what stands in any field, with its policy and without", async () => {
    await visit({ bypassCSP: true }, async (tab, seen) => {
      await tab.addInitScript(LISTEN_FOR_SCRIPTS);
      const run: string[] = [];
      for (const payload of PAYLOADS) {
        const text = html.render(filledWith(payload));
        for (const served of [text, text.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "")]) {
          await tab.setContent(served);
          if (await tab.evaluate<boolean>(ANYTHING_RUNS)) run.push(payload);
        }
      }
      expect({ run, requests: seen.requests }).toEqual({ run: [], requests: [] });
    });
  });
});
