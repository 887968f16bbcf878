import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ExitCode } from "../../src/kit/errors.js";
import { timeline } from "../cli/support.js";

const FOLDER = join(import.meta.dirname, "../../docs/deploy");
const UNITS = readdirSync(FOLDER).filter((name) => /\.(?:service|timer)$/.test(name));
const text = (name: string) => readFileSync(join(FOLDER, name), "utf8");
const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;

interface Setting {
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

/** Strict: a line is a comment, a section or one setting. */
function settingsOf(unit: string): Setting[] {
  let section = "";
  return text(unit)
    .split("\n")
    .flatMap((line) => {
      if (line === "" || line.startsWith("#")) return [];
      const head = /^\[([A-Z][a-z]+)\]$/.exec(line);
      if (head) section = head[1]!;
      if (head) return [];
      const setting = /^([A-Z][A-Za-z]+)=(.*)$/.exec(line);
      if (!setting || section === "") throw new Error(`${unit}: not a setting: ${line}`);
      return [{ section, key: setting[1]!, value: setting[2]! }];
    });
}

/** Flags of ours that a line of a shell or of a unit names, with the command that they follow. */
async function unknownFlags(line: string): Promise<string[]> {
  const [, command, rest] = /timeline ([a-z]+)(.*)$/.exec(line)!;
  const { out } = await timeline(FOLDER, ["help", command!]);
  return [...rest!.matchAll(/--[a-z-]+/g)].map(([flag]) => flag).filter((flag) => !out.includes(flag));
}

describe.each(UNITS)("%s", (unit) => {
  it.skipIf(!hasSystemd)("is what systemd takes (skipped where systemd-analyze is not installed: its form is checked below)", () => {
    const said = spawnSync("systemd-analyze", ["verify", join(FOLDER, unit)], { encoding: "utf8" });
    expect([said.status, said.stderr]).toEqual([0, ""]);
  });

  it("has its sections, and each setting once", () => {
    const settings = settingsOf(unit);
    const own = unit.endsWith(".timer") ? "Timer" : "Service";
    expect(new Set(settings.map(({ section }) => section)).size).toBeGreaterThan(1);
    expect(settings.filter(({ section }) => !["Unit", "Install", own].includes(section))).toEqual([]);
    const names = settings.map(({ section, key }) => `${section}.${key}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe.each(UNITS.filter((name) => name.endsWith(".service")))("%s", (unit) => {
  const valueOf = (key: string) => settingsOf(unit).find((each) => each.key === key)?.value;

  it("runs a command that there is, with secrets from a file of their own", async () => {
    expect(await unknownFlags(valueOf("ExecStart")!)).toEqual([]);
    expect(valueOf("EnvironmentFile")).toMatch(/^\/etc\//);
    expect(text(unit)).not.toMatch(/(?:TOKEN|KEY)=[^.]/);
    expect(valueOf("SuccessExitStatus")).toBe(String(ExitCode.interrupted));
    expect([undefined, String(ExitCode.usage)]).toContain(valueOf("RestartPreventExitStatus"));
  });

  it("may do little: no privileges, one folder to write to, no other's processes", () => {
    for (const key of ["DynamicUser", "NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome", "ProtectKernelModules"])
      expect([key, valueOf(key)]).toEqual([key, "yes"]);
    const rest = ["ProtectSystem", "CapabilityBoundingSet", "StateDirectory", "UMask"].map(valueOf);
    expect(rest).toEqual(["strict", "", "incident-timeline", "0077"]);
    // Node compiles while it runs: with it, it does not start.
    expect(valueOf("MemoryDenyWriteExecute")).toBeUndefined();
  });
});

describe("github-action.yml", () => {
  interface Step {
    readonly uses?: string;
    readonly run?: string;
    readonly env?: Readonly<Record<string, string>>;
  }
  const workflow = parse(text("github-action.yml"), { strict: true, uniqueKeys: true }) as {
    readonly on: object;
    readonly permissions: Readonly<Record<string, string>>;
    readonly jobs: Readonly<Record<string, { readonly "timeout-minutes": number; readonly if: string; readonly steps: readonly Step[] }>>;
  };
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  it("starts with a label alone, reads and does not write", () => {
    expect(workflow.on).toEqual({ issues: { types: ["labeled"] } });
    expect(Object.values(workflow.permissions).filter((right) => right !== "read")).toEqual([]);
    for (const job of Object.values(workflow.jobs)) expect(job.if).toMatch(/^github\.event\.label\.name == '/);
    for (const job of Object.values(workflow.jobs)) expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });

  it("uses others' actions at one commit each", () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(1);
    expect(used.filter((name) => !/^actions\/[a-z-]+@[0-9a-f]{40}$/.test(name))).toEqual([]);
  });

  it("gives nothing that people write to a shell", () => {
    const lines = steps.flatMap(({ run }) => run ?? []);
    expect(lines.filter((line) => line.includes("${{"))).toEqual([]);
    const given = steps.flatMap(({ env }) => Object.values(env ?? {}));
    const events = given.filter((value) => value.includes("github.event"));
    expect(events).toEqual(["${{ github.event.issue.html_url }}"]);
    expect(lines.join("\n")).toContain('"$ISSUE_URL"');
  });

  it("is a shell script with commands and flags that there are, of this version", async () => {
    const lines = steps.flatMap(({ run }) => run ?? []);
    for (const line of lines) execFileSync("bash", ["-n", "-c", line]);
    const own = lines.filter((line) => line.startsWith("timeline "));
    expect(own).toHaveLength(1);
    expect(await unknownFlags(own[0]!)).toEqual([]);
    const { version } = JSON.parse(readFileSync(join(FOLDER, "../../package.json"), "utf8")) as { version: string };
    expect(lines.join("\n")).toContain(`incident-timeline@${version}`);
  });
});

describe("docs/operations.md", () => {
  const page = readFileSync(join(FOLDER, "../operations.md"), "utf8");

  it("names every metric that there is, and no other", async () => {
    const { createMeasures } = await import("../../src/watch/measures.js");
    const standing = { open: 0, atWork: 0, oldestDueMicros: 0, late: [], attachFailing: 0, blind: [] };
    const told = await (await createMeasures()).text(standing);
    const names = [...told.matchAll(/^# TYPE incident_timeline_(\w+)/gm)].map(([, name]) => name!);
    const table = page.slice(page.indexOf("| metric ("), page.indexOf("## Exit codes"));
    const written = [...table.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, name]) => name!);
    expect(written.sort()).toEqual(names.sort());
  });

  it("names every exit code and command line as it is", async () => {
    for (const code of Object.values(ExitCode)) expect(page).toMatch(new RegExp(`(?:^|· )${code} `, "m"));
    const lines = [...page.matchAll(/^ {4}(timeline [^;\n]*?)(?: {2,}.*)?$/gm)].map(([, line]) => line!);
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect([line, await unknownFlags(line)]).toEqual([line, []]);
  });

  it("links to files that there are", () => {
    const links = [...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link!);
    const there = ["deploy", "troubleshooting.md", ...readdirSync(FOLDER).map((name) => `deploy/${name}`)];
    expect(links.filter((link) => !there.includes(link))).toEqual([]);
  });
});
