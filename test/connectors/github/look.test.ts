import { describe, expect, it } from "vitest";
import { looker } from "../../../connectors/github/look.js";
import { instant } from "../../support/build-fixture.js";
import { bench } from "./fake.js";

const NOW = instant("2026-03-04T12:00:00Z");
const SINCE = instant("2026-03-02T12:00:00Z");
const notice = { repos: ["acme/incidents"], label: "incident", severityPrefix: "severity:", servicePrefix: "service:" };
const issue = (number: number, more: object = {}) => ({
  number,
  title: `Incident\n${number}`,
  body: "Since 11:24 UTC",
  created_at: "2026-03-04T11:40:00Z",
  closed_at: null,
  html_url: `https://github.com/acme/incidents/issues/${number}`,
  labels: [{ name: "Incident" }],
  ...more,
});

async function look(handler: Parameters<typeof bench>[0], more: Partial<typeof notice> = {}) {
  const { context, requests } = bench(handler, { config: { notice: { ...notice, ...more } } });
  const found = await looker.look({ ...context, folder: "/", now: NOW, since: SINCE });
  return { ...found, requests };
}

describe("labelled issues", () => {
  it("are looked at only where a repository is named", () => {
    const { context } = bench(() => []);

    expect(looker.watches({ ...context.config, notice: { ...notice, repos: [] } })).toEqual([]);
    expect(looker.watches({ ...context.config, notice })).toEqual(["issues of acme/incidents labelled incident"]);
  });

  it("tell of incidents: open ones however old, closed ones since the look began", async () => {
    const labels = [{ name: "incident" }, { name: "severity:SEV1" }, "service:checkout", { name: "Service:cart" }, { name: null }];
    const closed = issue(13, { closed_at: "2026-03-04T11:50:00Z" });
    const { reports, problems, requests } = await look((_, params) =>
      params.get("state") === "open" ? [issue(12, { labels })] : [closed, issue(9, { closed_at: "2026-03-01T00:00:00Z" })],
    );

    expect(requests).toEqual([
      "GET /repos/acme/incidents/issues?labels=incident&state=open&per_page=100",
      "GET /repos/acme/incidents/issues?labels=incident&state=closed&since=2026-03-02T12%3A00%3A00Z&per_page=100",
    ]);
    expect(problems).toEqual([]);
    expect(reports).toEqual([
      {
        key: "github:acme/incidents#12",
        title: "Incident 12",
        name: "incidents-12",
        start: instant("2026-03-04T11:40:00Z"),
        end: null,
        severity: "SEV1",
        url: "https://github.com/acme/incidents/issues/12",
        visibility: "public",
        also: {},
        wishes: { services: ["checkout", "cart"], only: {}, destinations: null },
        marks: ["github:acme/incidents#12", "url:https://github.com/acme/incidents/issues/12"],
      },
      expect.objectContaining({ key: "github:acme/incidents#13", end: instant("2026-03-04T11:50:00Z") }),
    ]);
  });

  it("are no pull requests, and nothing without the label", async () => {
    const { reports } = await look(() => [
      issue(1, { pull_request: { url: "x" } }),
      issue(2, { labels: [] }),
      issue(3, { labels: "incident" }),
    ]);

    expect(reports).toEqual([]);
  });

  it("are read to the last page, each once", async () => {
    const full = Array.from({ length: 100 }, (_, index) => issue(index + 1));
    const { reports, requests } = await look((_, params) => (params.get("page") === "2" ? [issue(100), issue(101)] : full));

    expect(reports).toHaveLength(101);
    expect(requests).toHaveLength(4);
  });

  it("tell what cannot be read, and go on with the others", async () => {
    const { reports, problems } = await look(
      (path) =>
        path.includes("secret") ? Response.json({}, { status: 404 }) : [{ number: "x" }, issue(12, { created_at: "yesterday" }), issue(13)],
      { repos: ["acme/secret", "acme/incidents"] },
    );

    expect(new Set(reports.map(({ key }) => key))).toEqual(new Set(["github:acme/incidents#13"]));
    expect(problems[0]).toEqual({ place: "acme/secret", text: "GitHub does not know it, or the token has no access to it (404)" });
    expect(problems.slice(1).every(({ place, text }) => place === "acme/incidents" && text.includes("another shape"))).toBe(true);
  });

  it("end the look when the token is refused", async () => {
    await expect(look(() => Response.json({}, { status: 401 }))).rejects.toMatchObject({ action: "stop" });
  });
});
