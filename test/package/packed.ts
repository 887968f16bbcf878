import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { compile, ROOT } from "../support/program.js";

const run = promisify(execFile);
const NOT_OURS = new Set(["node_modules", "dist", "coverage", "timelines", ".git", ".timeline", "test"]);

export interface Packed {
  /** The tarball's contents. */
  readonly folder: string;
  readonly files: readonly string[];
  /** A project that has the package, and of what else is installed only what the package depends on. */
  readonly project: string;
  clear(): void;
}

/** The package as `npm pack` makes it of the sources as they stand, built beside them and unpacked into a project. */
export async function pack(): Promise<Packed> {
  const base = mkdtempSync(join(tmpdir(), "timeline-pack-"));
  const stage = join(base, "stage");
  cpSync(ROOT, stage, { recursive: true, filter: (path) => !NOT_OURS.has(relative(ROOT, path).split(sep)[0]!) });
  await compile(join(stage, "dist"));
  const { stdout } = await run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", base], { cwd: stage });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  const project = join(base, "project");
  const folder = join(project, "node_modules", "incident-timeline");
  mkdirSync(folder, { recursive: true });
  await run("tar", ["-xzf", join(base, filename), "-C", folder, "--strip-components=1"]);
  linkDependencies(folder, project);
  return { folder, files: filesOf(folder), project, clear: () => rmSync(base, { recursive: true, force: true }) };
}

function linkDependencies(folder: string, project: string): void {
  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { dependencies: Record<string, string> };
  for (const name of [...Object.keys(dependencies), "@types/node", "undici-types"]) {
    const link = join(project, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), link);
  }
}

/** With slashes, in order. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}
