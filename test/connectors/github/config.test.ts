import { describe, expect, it } from "vitest";
import { GithubSection, isVendorHost, webBase } from "../../../connectors/github/config.js";
import { fitsAny } from "../../../src/kit/glob.js";

describe("the section", () => {
  it("has defaults for all but the repositories", () => {
    expect(GithubSection.parse({ repos: ["acme/shop"] })).toEqual({
      token: { env: "GITHUB_TOKEN" },
      notice: { repos: [], label: "incident", severityPrefix: "severity:", servicePrefix: "service:" },
      attach: { issue: false },
      apiUrl: "https://api.github.com",
      repos: ["acme/shop"],
      deployWorkflows: ["*deploy*", "*release*", "*rollout*"],
      environments: [],
      runLookBack: "P7D",
    });
  });

  it.each([
    [{ repos: ["shop"] }, "repos.0"],
    [{ repos: ["acme/shop/x"] }, "repos.0"],
    [{ repos: ["acme/shop", "Acme/Shop"] }, "repos.1"],
    [{ runLookBack: "a week" }, "runLookBack"],
    [{ apiUrl: "ftp://x" }, "apiUrl"],
    [{ token: "ghp_x" }, "token"],
    [{ repo: [] }, ""],
  ])("refuses %j", (section, path) => {
    expect(GithubSection.safeParse(section).error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  });

  it.each([
    ["https://api.github.com", "https://github.com", true],
    ["https://api.acme.ghe.com", "https://acme.ghe.com", true],
    ["https://api.acme.example/api/v3", "https://api.acme.example", false],
    ["http://127.0.0.1:4000/github/api/v3", "http://127.0.0.1:4000", false],
  ])("%s is looked at on %s", (apiUrl, web, vendor) => {
    expect(webBase({ apiUrl })).toBe(web);
    expect(isVendorHost(new URL(apiUrl).host)).toBe(vendor);
  });

  it("does not take a host that only ends like GitHub's", () => {
    expect(["evilgithub.com", "github.com.evil.example", "evilghe.com"].filter(isVendorHost)).toEqual([]);
  });
});

describe("patterns", () => {
  it.each([
    ["*deploy*", "Deploy staging", true],
    ["deploy", "Deploy", true],
    ["deploy", "deploys", false],
    ["a*b*c", "a-b-b-c", true],
    ["a*b*c", "a-c-b", false],
    ["ab*ba", "aba", false],
    ["*", "", true],
    ["prod-*", "prod-", true],
    [".github/*/release-*.yml", ".github/workflows/release-rules.yml", true],
  ])("%s on %s", (pattern, text, expected) => {
    expect(fitsAny([pattern], text)).toBe(expected);
  });
});
