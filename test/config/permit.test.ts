import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtinConnectors } from "../../connectors/index.js";
import { resolveChannels } from "../../connectors/slack/channels.js";
import { loadConfig, narrowed } from "../../src/config/index.js";
import { permitted } from "../../src/config/permit.js";
import type { NoticeReport } from "../../src/contract/notice.js";
import { answer, contextOf } from "../connectors/slack/context.js";

const folder = mkdtempSync(join(tmpdir(), "permit-"));
const CONFIG = {
  slack: { channels: ["inc-*", "#ops", "board-room"], notice: { channels: ["inc-*"], privateByInvitation: false } },
  github: { repos: ["acme/shop"] },
  datadog: { metrics: [{ name: "shop.errors", query: "sum:shop.errors{*}" }] },
  services: { checkout: { channels: ["#team-checkout"], repos: ["acme/*"] } },
};
const CREATED = Date.UTC(2026, 2, 4, 11, 25) / 1000;
/** Of the private ones the config names board-room alone. */
const WORKSPACE = [
  { id: "C1", name: "ops", created: 1, is_member: true },
  { id: "C2", name: "inc-0304", created: CREATED, is_member: true },
  { id: "C3", name: "team-checkout", created: 1, is_member: true },
  { id: "C4", name: "random", created: 1, is_member: true },
  { id: "C5", name: "board-room", created: 1, is_member: true, is_private: true },
  { id: "C6", name: "inc-secret", created: CREATED, is_member: true, is_private: true },
  { id: "C7", name: "payroll", created: CREATED, is_member: true, is_private: true, previous_names: ["inc-payroll"] },
];

type Wish = Partial<Pick<NoticeReport, "key" | "name" | "visibility" | "also">> & Partial<NoticeReport["wishes"]>;

function report({ services = [], only = {}, destinations = null, ...rest }: Wish): NoticeReport {
  return {
    key: "github:acme/shop#12",
    title: "Checkout fails",
    name: "shop-12",
    start: CREATED * 1_000_000,
    end: null,
    severity: null,
    url: null,
    visibility: "public",
    also: {},
    marks: [],
    ...rest,
    wishes: { services, only, destinations },
  };
}

async function judge(wish: Wish, notice: Partial<(typeof CONFIG)["slack"]["notice"]> = {}) {
  const path = join(folder, "config.json");
  const slack = { ...CONFIG.slack, notice: { ...CONFIG.slack.notice, ...notice } };
  writeFileSync(path, JSON.stringify({ ...CONFIG, slack }));
  const config = await loadConfig({ path, cwd: folder, env: {}, connectors: builtinConnectors, secrets: "not needed" });
  const { narrowing, refused } = permitted(report(wish), config, builtinConnectors);
  // As the next build by hand takes it from the store.
  const remembered = JSON.parse(JSON.stringify(narrowing)) as typeof narrowing;
  const sections = narrowed(config, builtinConnectors, remembered).sections;
  const { channels, ...rest } = sections.get("slack") as { channels: string[]; notice: never };
  const infos = WORKSPACE.map((channel) => answer("conversations.info", { channel }, { channel: channel.id }));
  const { context } = contextOf([answer("conversations.list", { channels: WORKSPACE }), ...infos], {
    config: { channels, notice: rest.notice },
  });
  const read = (await resolveChannels(context, false)).channels.map(({ id }) => id).sort();
  return { read, refused, narrowing, repos: (sections.get("github") as { repos: string[] }).repos };
}

const EVERYTHING = ["C1", "C2", "C5"];

describe("what a notice gets", () => {
  it.each<[string, Wish, string[]]>([
    ["nothing asked: what the config names", {}, EVERYTHING],
    ["a channel that the config names", { only: { channels: ["ops"] } }, ["C1"]],
    ["one that only a service names", { only: { channels: ["team-checkout"] } }, ["C3"]],
    ["one that a pattern covers", { only: { channels: ["#inc-0304"] } }, ["C2"]],
    ["a service", { services: ["checkout"] }, ["C3"]],
    ["a private one that the config names exactly", { only: { channels: ["board-room"] } }, ["C5"]],
  ])("%s", async (_, wish, expected) => {
    const { read, refused } = await judge(wish);

    expect(read).toEqual(expected);
    expect(refused).toEqual([]);
  });

  it.each<[string, string]>([
    ["a name that a pattern covers", "inc-secret"],
    ["its name with a sign, in capitals", "#INC-SECRET"],
    ["a former name that a pattern covers", "inc-payroll"],
    ["its id", "C6"],
    ["a link", "https://acme.slack.com/archives/C6"],
    ["a pattern", "inc-se*"],
    ["the pattern of all", "*"],
    ["what would open it by invitation", "invited:C6"],
    ["what would open it in public", "public:C6"],
    ["another kind of mark", "any:inc-secret"],
    ["spaces", " inc-secret "],
    ["nothing", ""],
  ])("no private channel for %s, in whatever field it is named", async (_, name) => {
    const wishes: Wish[] = [
      { only: { channels: [name] } },
      { also: { channels: [name] } },
      { services: [name] },
      { only: { channels: [name], repos: [name], monitors: [name], metrics: [name] }, also: { channels: [name] }, services: [name] },
      { also: { channels: [name] }, name: "inc-secret", visibility: "public" },
      { also: { channels: [name] }, key: "webhook:pager/slack:C6", name: "inc-secret" },
    ];
    for (const wish of wishes) {
      const { read } = await judge(wish);
      const { read: invited } = await judge(wish, { privateByInvitation: true });

      expect([...read, ...invited].filter((id) => id === "C6" || id === "C7")).toEqual([]);
    }
  });

  it("refuses what no section and no service names, and says so", async () => {
    const only = { repos: ["acme/secrets", "ACME/shop"], metrics: ["x=sum:secret{*}"], channels: ["random"], tables: ["users"] };
    const { refused, repos, read } = await judge({ only, services: ["nobody"] });

    expect(refused).toEqual([
      'services "nobody"',
      'repos "acme/secrets"',
      'metrics "x=sum:secret{*}"',
      'channels "random"',
      'tables "users"',
    ]);
    expect(repos).toEqual(["ACME/shop"]);
    expect(read).toEqual(EVERYTHING);
  });
});

describe("the incident's own channel", () => {
  const own = (id: string, name: string, visibility: "public" | "private") => ({
    key: `slack:${id}`,
    name,
    visibility,
    also: { channels: [id] },
  });

  it("is read beside what the build is narrowed to, as long as it is public", async () => {
    expect((await judge({ ...own("C2", "inc-0304", "public"), services: ["checkout"] })).read).toEqual(["C2", "C3"]);
    // It was public when it told of the incident.
    expect((await judge(own("C6", "inc-secret", "public"))).read).toEqual(EVERYTHING);
  });

  it("is read though it is private where an invitation counts as naming it, and only there", async () => {
    const wish = own("C6", "inc-secret", "private");

    expect((await judge(wish)).refused).toEqual(['channels "C6"']);
    expect((await judge(wish)).read).toEqual(EVERYTHING);
    expect((await judge(wish, { privateByInvitation: true })).read).toEqual([...EVERYTHING, "C6"]);
    expect((await judge(wish, { privateByInvitation: true, channels: ["sev-*"] })).read).toEqual(EVERYTHING);
    expect((await judge(wish, { channels: ["#inc-secret"] })).read).toEqual([...EVERYTHING, "C6"]);
  });
});
