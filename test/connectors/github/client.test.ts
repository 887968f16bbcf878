import { describe, expect, it } from "vitest";
import { connect } from "../../../connectors/github/client.js";
import { WireError } from "../../../src/kit/wire/types.js";
import { bench } from "./fake.js";

const answer = (status: number, headers: Record<string, string> = {}) => Response.json({ message: "no" }, { status, headers });

describe("the client", () => {
  it.each([
    [401, {}, "stop", "forbidden", "github.token"],
    [403, { "X-Accepted-GitHub-Permissions": "actions=read" }, "skip", "forbidden", "(actions=read)"],
    [403, { "X-GitHub-SSO": "required; url=https://github.com/orgs/acme/sso?x=secret" }, "skip", "forbidden", "single sign-on"],
    [404, {}, "skip", "not found", "github.repos"],
    [410, {}, "skip", "expired", ""],
    [422, {}, "skip", "not found", ""],
    [451, {}, "skip", "forbidden", ""],
    [500, {}, "retry", "unavailable", ""],
  ])("makes of status %i what to do next", async (status, headers, action, reason, hint) => {
    const { context } = bench(() => answer(status, headers));
    const client = await connect(context);
    const error: unknown = await client.get("/repos/{owner}/{repo}", { owner: "acme", repo: "shop" }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ action, reason, connector: "github" });
    expect((error as { hint?: string }).hint ?? "").toContain(hint);
    expect(`${String(error)} ${(error as { hint?: string }).hint}`).not.toMatch(/https?:|secret/);
  });

  it.each(["rate limited", "unavailable", "malformed"] as const)("hands on that the wire gave up: %s", async (reason) => {
    const { context } = bench(() => {
      throw new WireError("all tries are spent", reason);
    });
    const client = await connect(context);
    await expect(client.graphql("{ viewer { login } }", {})).rejects.toMatchObject({ action: "retry", reason });
  });

  it("stops with the reason of an aborted signal", async () => {
    const controller = new AbortController();
    const made = bench(() => {
      controller.abort(new Error("the owner pressed a key"));
      throw controller.signal.reason;
    });
    const client = await connect({ ...made.context, signal: controller.signal });
    await expect(client.get("/rate_limit", {})).rejects.toThrow("the owner pressed a key");
    await expect(client.get("/rate_limit", {})).rejects.toThrow("the owner pressed a key");
    expect(made.requests).toHaveLength(1);
  });

  it("says who it is, in which version it speaks, and asks GraphQL where Octokit does", async () => {
    const seen: Headers[] = [];
    const urls: string[] = [];
    for (const apiUrl of ["https://api.github.com", "https://ghe.acme.example/api/v3/", "https://api.acme.ghe.com"]) {
      const { context } = bench(() => ({}), { config: { apiUrl } });
      const client = await connect({
        ...context,
        fetch: (input, init) => {
          urls.push(String(input));
          seen.push(new Headers(init?.headers));
          return Promise.resolve(Response.json({ id: 9007199254740993n.toString() }));
        },
      });
      await client.graphql("{ viewer { login } }", {});
      await client.get("/repos/{owner}/{repo}", { owner: "acme", repo: "shop" });
    }
    expect(urls).toEqual([
      "https://api.github.com/graphql",
      "https://api.github.com/repos/acme/shop",
      "https://ghe.acme.example/api/graphql",
      "https://ghe.acme.example/api/v3/repos/acme/shop",
      "https://api.acme.ghe.com/graphql",
      "https://api.acme.ghe.com/repos/acme/shop",
    ]);
    for (const headers of seen) {
      expect(headers.get("x-github-api-version")).toBe("2022-11-28");
      expect(headers.get("user-agent")).toContain("incident-timeline");
      expect(headers.get("authorization")).toMatch(/^token ghp_/);
    }
  });
});
