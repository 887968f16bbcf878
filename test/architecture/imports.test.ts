import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const STEPS = [
  "window",
  "collect",
  "redact",
  "store",
  "normalize",
  "detect",
  "draft",
  "merge",
  "export",
  "attach",
  "config",
  "lint",
  "watch",
];

interface Import {
  readonly from: string;
  /** A path below the root for our own files, else the package. */
  readonly to: string;
  readonly typeOnly: boolean;
}

/** The pipeline, its parts that other commands share, and the entry of the library. */
const WHOLE = [
  "src/pipeline.ts",
  "src/draft-from-store.ts",
  "src/read-visible.ts",
  "src/export-files.ts",
  "src/output-paths.ts",
  "src/write-public-summary.ts",
  "src/attach-content.ts",
  "src/attach-incident.ts",
  "src/remembered-basis.ts",
  "src/index.ts",
];

/** What a file may import of ours; packages are judged apart. */
function allowed({ from, to, typeOnly }: Import): boolean {
  const [top, part] = from.split("/") as [string, string];
  if (top === "connectors") return from === "connectors/index.ts" || isIn(to, "src/contract", "src/kit", `connectors/${part}`);
  if (top === "fixtures") return isIn(to, "src/contract", "src/kit", "fixtures");
  if (part === "cli" || WHOLE.includes(from)) return true;
  if (from === "src/connector.ts") return isIn(to, "src/contract", "src/kit");
  if (part === "kit") return isIn(to, "src/kit") || (typeOnly && to === "src/contract/rich-text.ts");
  if (part === "contract") return isIn(to, "src/contract", "src/kit");
  // Masking is half of collecting: the only pair of steps that know each other.
  if (part === "collect") return isIn(to, "src/contract", "src/kit", "src/collect", "src/redact");
  if (from === "src/detect-entry.ts") return isIn(to, "src/contract", "src/kit", "src/detect");
  return isIn(to, "src/contract", "src/kit", `src/${part}`);
}

/** Packages that only one place knows. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  "@slack/web-api": ["connectors/slack/client.ts"],
  "@octokit/rest": ["connectors/github/client.ts"],
  "@datadog/datadog-api-client": ["connectors/datadog/client.ts"],
  "better-sqlite3": ["src/store/"],
  kysely: ["src/store/"],
  undici: ["src/kit/wire/"],
  "prom-client": ["src/watch/measures.ts"],
  "p-queue": ["src/kit/wire/", "src/collect/"],
  commander: ["src/cli/"],
  luxon: ["src/window/", "src/export/", "src/cli/", "src/config/"],
  "csv-stringify": ["src/export/"],
  zod: ["src/config/", "src/contract/", "src/connector.ts", "src/export/", "src/cli/schemas/", "connectors/"],
};

const imports = ["src", "connectors", "fixtures"].flatMap((folder) => sourceFiles(join(ROOT, folder))).flatMap(importsOf);

describe("the import rules of the architecture", () => {
  it("sees the project's files", () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  it("lets steps meet in the contract only, and connectors know no step and no other connector", () => {
    const broken = imports.filter((each) => isIn(each.to, "src", "connectors", "fixtures", "test") && !allowed(each));
    expect(broken.map(describeImport)).toEqual([]);
  });

  it("keeps each package where it belongs", () => {
    const broken = imports.filter(({ from, to }) => {
      const places = Object.entries(PACKAGES).find(([name]) => to === name || to.startsWith(`${name}/`))?.[1];
      return places !== undefined && !places.some((place) => from.startsWith(place));
    });
    expect(broken.map(describeImport)).toEqual([]);
  });

  it("knows each package that production code imports", () => {
    const packages = new Set(
      imports.map(({ to }) => to).filter((to) => !isIn(to, "src", "connectors", "fixtures") && !to.startsWith("node:")),
    );
    const unknown = [...packages].filter((to) => !Object.keys(PACKAGES).some((name) => to === name || to.startsWith(`${name}/`)));
    expect(unknown).toEqual([]);
  });

  it("names every step folder", () => {
    const folders = readdirSync(join(ROOT, "src")).filter((name) => statSync(join(ROOT, "src", name)).isDirectory());
    expect(folders.filter((name) => ![...STEPS, "kit", "contract", "cli"].includes(name))).toEqual([]);
  });
});

function isIn(path: string, ...folders: string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
}

function describeImport({ from, to }: Import): string {
  return `${from} imports ${to}`;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return entry.name.endsWith(".ts") ? [path] : [];
  });
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  const from = relative(ROOT, file).split(sep).join("/");
  const found: Import[] = [];
  for (const match of text.matchAll(/^(import|export)\s+(type\s)?[^"';]*?from\s+"([^"]+)"|import\("([^"]+)"\)/gms)) {
    const target = match[3] ?? match[4]!;
    const to = target.startsWith(".")
      ? relative(ROOT, join(dirname(file), target))
          .split(sep)
          .join("/")
          .replace(/\.js$/, ".ts")
      : target;
    found.push({ from, to, typeOnly: match[2] !== undefined });
  }
  return found;
}
