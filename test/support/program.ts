import { execFile, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

export const ROOT = join(import.meta.dirname, "../..");

/** Compiles the sources as they stand into `folder`. */
export async function compile(folder: string): Promise<void> {
  const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [compiler, "-p", join(ROOT, "tsconfig.build.json"), "--outDir", folder]);
}

export interface Ended {
  /** null: a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Program {
  /** The command in a process of its own, killed without a word when `kill` is aborted. */
  run(cwd: string, argv: readonly string[], env?: Readonly<Record<string, string>>, kill?: AbortSignal): Promise<Ended>;
  /** The same, started by another program that ends with `-- node main.js`. */
  runUnder(
    starter: readonly [string, ...string[]],
    cwd: string,
    argv: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<Ended>;
  clear(): void;
}

/** The command as its users have it, compiled of the sources as they stand. */
export async function compiledProgram(): Promise<Program> {
  const base = mkdtempSync(join(tmpdir(), "timeline-program-"));
  copyFileSync(join(ROOT, "package.json"), join(base, "package.json"));
  for (const name of ["node_modules", "fixtures", "schema"]) symlinkSync(join(ROOT, name), join(base, name));
  await compile(join(base, "dist"));
  const main = join(base, "dist/src/cli/main.js");
  return {
    run: (cwd, argv, env = {}, kill) => ended(process.execPath, [main, ...argv], cwd, env, kill),
    runUnder: ([starter, ...flags], cwd, argv, env = {}) => ended(starter, [...flags, process.execPath, main, ...argv], cwd, env),
    clear: () => rmSync(base, { recursive: true, force: true }),
  };
}

function ended(
  command: string,
  argv: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  kill?: AbortSignal,
): Promise<Ended> {
  const child = spawn(command, argv, { cwd, env: { PATH: process.env["PATH"] ?? "", ...env }, stdio: ["ignore", "pipe", "pipe"] });
  kill?.addEventListener("abort", () => child.kill("SIGKILL"), { once: true });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("close", (code) => resolve({ code, out, err }));
  });
}
