import { describe, expect, it } from "vitest";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtinConnectors } from "../../connectors/index.js";
import { loadConfig, narrowed, type ResolvedConfig } from "../../src/config/index.js";
import { NOT_NARROWED, type Narrowing } from "../../src/contract/selection.js";
import { UsageError } from "../../src/kit/errors.js";

const folder = mkdtempSync(join(tmpdir(), "services-"));
const CONFIG = {
  slack: { channels: ["inc-*", "#ops", "secret-room"] },
  github: { repos: ["acme/shop", "acme/cart", "acme/site"] },
  datadog: {
    metrics: [
      { name: "shop.errors", query: "sum:shop.errors{*}" },
      { name: "cart.errors", query: "sum:cart.errors{*}" },
    ],
  },
  services: {
    checkout: { channels: ["#ops"], repos: ["acme/shop"], metrics: ["shop.*"], monitors: ["Shop *"] },
    basket: { repos: ["acme/cart"], metrics: ["cart.errors"] },
  },
};

function load(config: object): Promise<ResolvedConfig> {
  const path = join(folder, "config.json");
  writeFileSync(path, JSON.stringify(config));
  return loadConfig({ path, cwd: folder, env: {}, connectors: builtinConnectors, secrets: "not needed" });
}

async function read(narrowing: Partial<Narrowing>) {
  const { sections, fingerprint } = narrowed(await load(CONFIG), builtinConnectors, { ...NOT_NARROWED, ...narrowing });
  const slack = sections.get("slack") as { channels: string[] };
  const github = sections.get("github") as { repos: string[] };
  const datadog = sections.get("datadog") as { metrics: { name: string; query: string }[]; events: { monitors: string[] | null } };
  return {
    channels: slack.channels,
    repos: github.repos,
    metrics: datadog.metrics.map(({ name }) => name),
    monitors: datadog.events.monitors,
    fingerprint,
  };
}

describe("narrowed", () => {
  const all = { channels: CONFIG.slack.channels, repos: CONFIG.github.repos, metrics: ["shop.errors", "cart.errors"], monitors: null };

  it.each<[string, Partial<Narrowing>, Partial<typeof all>]>([
    ["nothing", {}, {}],
    [
      "one service",
      { services: ["checkout"] },
      { channels: ["#ops"], repos: ["acme/shop"], metrics: ["shop.errors"], monitors: ["Shop *"] as never },
    ],
    ["a service that leaves lists out", { services: ["basket"] }, { repos: ["acme/cart"], metrics: ["cart.errors"] }],
    [
      "two services",
      { services: ["checkout", "basket"] },
      { channels: ["#ops"], repos: ["acme/shop", "acme/cart"], monitors: ["Shop *"] as never },
    ],
    [
      "a service and a flag",
      { services: ["basket"], only: { repos: ["acme/site"] } },
      { repos: ["acme/cart", "acme/site"], metrics: ["cart.errors"] },
    ],
    ["a channel that the config does not name", { only: { channels: ["#new"] } }, { channels: ["#new"] }],
    ["repositories by pattern", { only: { repos: ["acme/s*"] } }, { repos: ["acme/shop", "acme/site"] }],
    ["a query of its own", { only: { metrics: ["lag=max:queue.lag{*}"] } }, { metrics: ["lag"] }],
    [
      "one channel more",
      { services: ["checkout"], also: { channels: ["C1"] } },
      { channels: ["#ops", "C1"], repos: ["acme/shop"], metrics: ["shop.errors"], monitors: ["Shop *"] as never },
    ],
    ["one channel more than all", { also: { channels: ["C1"] } }, { channels: ["inc-*", "#ops", "secret-room", "C1"] }],
  ])("to %s", async (_, narrowing, expected) => {
    expect(await read(narrowing)).toMatchObject({ ...all, ...expected });
  });

  it("keeps the fingerprint of the whole config", async () => {
    expect((await read({ services: ["basket"] })).fingerprint).toBe((await read({})).fingerprint);
  });

  it.each<[Partial<Narrowing>, string]>([
    [{ services: ["chekout"] }, "Did you mean checkout?"],
    [{ services: ["zzz"] }, "The config names checkout, basket."],
    [{ only: { repos: ["shop"] } }, 'expected "owner/name"; did you mean "acme/shop"?'],
    [{ only: { repos: ["other/*"] } }, "no repository of github.repos fits it"],
    [{ only: { metrics: ["shop.error"] } }, 'did you mean "shop.errors"?'],
    [{ only: { chanels: ["x"] } }, 'did you mean "channels"?'],
  ])("refuses %j", async (narrowing, words) => {
    const config = await load(CONFIG);
    try {
      narrowed(config, builtinConnectors, { ...NOT_NARROWED, ...narrowing });
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      expect([error.message, ...error.problems, error.hint].join("\n")).toContain(words);
    }
  });
});

describe("the services of a config", () => {
  it("are judged with everything else, each name with its place", async () => {
    const services = { checkout: { repos: ["shop"], metrics: ["shop.error"], chanels: [] } };
    const { slack, github, datadog } = CONFIG;
    const error = await load({ slack, github, datadog, services }).catch((reason: unknown) => reason);
    expect((error as UsageError).problems.join("\n")).toMatch(/services\.checkout\.chanels .*did you mean "channels"\?/);
    const second = await load({ slack, services: { checkout: { repos: ["a/b"] } } }).catch((reason: unknown) => reason);
    expect((second as UsageError).problems.join("\n")).toMatch(/services\.checkout\.repos\[0\] .*no section "github"/);
    const third = await load({ github, datadog, services: { checkout: { repos: ["shop"], metrics: ["shop.error"] } } }).catch(
      (reason: unknown) => reason,
    );
    expect((third as UsageError).problems).toHaveLength(2);
  });
});
