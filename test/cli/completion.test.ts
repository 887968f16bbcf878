import { execFileSync, spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { timeline } from "./support.js";

const script = async (shell: string) => (await timeline(tmpdir(), ["completion", shell])).out;

/** What bash would offer behind these words. */
async function offered(...words: string[]): Promise<string[]> {
  const line = ["timeline", ...words].map((word) => `'${word}'`).join(" ");
  const asked = `COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _timeline; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync("bash", ["-c", `${await script("bash")}\n${asked}`], { encoding: "utf8" });
  return out.split("\n").filter((each) => each !== "");
}

describe("completion in bash", () => {
  it.each([
    [["bui"], ["build"]],
    [["ex"], ["explain", "export"]],
    [["show", "--ph"], ["--phase"]],
    [["config", "c"], ["check"]],
    [["config", "show", "--o"], ["--origin"]],
    [["note", "show", "--re"], ["--remove"]],
    [["lint", "--format", "g"], ["github"]],
    [["build", "--title", "x", "--str"], ["--strict"]],
    [["build", "--out", "/no-such"], []],
  ])("offers behind %j: %j", async (words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });

  it("offers every command and every flag of it", async () => {
    const commands = (await offered("")).filter((name) => !name.startsWith("-"));
    expect(commands).toEqual(expect.arrayContaining(["demo", "build", "show", "diff", "who", "note", "export", "completion", "help"]));
    for (const command of commands) {
      const { out } = await timeline(tmpdir(), [command, "--help"]);
      const flags = [...out.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag!);
      expect([...(await offered(command, "--"))].sort()).toEqual([...new Set(flags)].sort());
    }
  });
});

describe.each(["zsh", "fish"])("completion in %s", (shell) => {
  const isHere = spawnSync(shell, ["--version"]).status === 0;
  if (!isHere) process.stderr.write(`skipped: whether ${shell} takes its completion script, since ${shell} is not installed\n`);

  it.skipIf(!isHere)("is a script that the shell takes", async () => {
    expect(spawnSync(shell, ["-n"], { input: await script(shell) }).status).toBe(0);
  });

  it("names every command with a word about it", async () => {
    const text = await script(shell);
    for (const name of ["demo", "build", "show", "diff", "who", "note", "export"])
      expect(text).toMatch(new RegExp(`'${name}:| -a ${name} -d `));
    expect(text).toContain("The incidents in the store, newest first");
  });
});

it("suggests the nearest shell", async () => {
  const { code, err } = await timeline(tmpdir(), ["completion", "bsh"]);
  expect(code).toBe(2);
  expect(err).toContain("bash, zsh, fish");
  expect(err).toContain("[FLAG_INVALID]");
});
