import { describe, expect, it } from "vitest";
import { linkReader } from "../../../connectors/github/link.js";
import { SourceError } from "../../../src/kit/errors.js";
import { toIso } from "../../../src/kit/instant.js";
import { bench } from "./fake.js";

const issue = { title: "Checkout\nis down", body: "Since 11:24 UTC", created_at: "2026-03-04T11:40:00Z", closed_at: null, number: 12 };

describe("a link to a GitHub issue", () => {
  it("begins when it was opened, and is over when it was closed", async () => {
    const { context, requests } = bench(() => ({ ...issue, closed_at: "2026-03-04T13:10:00Z" }));
    const found = await linkReader.resolveIncident(new URL("https://github.com/acme/incidents/issues/12#issuecomment-1"), context);
    expect(requests).toEqual(["GET /repos/acme/incidents/issues/12"]);
    expect(found).toMatchObject({
      title: "Checkout is down",
      name: "incidents-12",
      startMeans: "the issue was opened",
      text: "Since 11:24 UTC",
      also: {},
    });
    expect([found.start, found.end].map((at) => toIso(at!, 1_000_000))).toEqual(["2026-03-04T11:40:00Z", "2026-03-04T13:10:00Z"]);
  });

  it.each([
    ["https://github.com/acme/incidents/pull/12", issue, "no issue"],
    ["https://github.com/acme/incidents/issues/12", { title: 5 }, "tells nothing"],
    ["https://github.com/acme/incidents/issues/12", Response.json({ message: "Not Found" }, { status: 404 }), "404"],
  ])("%s is refused", async (link, answer, words) => {
    const { context } = bench(() => answer);
    const error: unknown = await linkReader.resolveIncident(new URL(link), context).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SourceError);
    expect((error as SourceError).message).toContain(words);
  });

  it("is owned by the web host of the section", () => {
    const { context } = bench(() => ({}));
    const owns = (link: string, apiUrl = context.config.apiUrl) => linkReader.owns(new URL(link), { ...context.config, apiUrl });
    expect(owns("https://github.com/a/b/issues/1", "https://api.github.com")).toBe(true);
    expect(owns("https://github.example/a/b/issues/1", "https://github.example/api/v3")).toBe(true);
    expect(owns("http://github.com/a/b/issues/1", "https://api.github.com")).toBe(false);
    expect(owns("https://github.com.evil.example/a/b/issues/1", "https://api.github.com")).toBe(false);
  });
});
