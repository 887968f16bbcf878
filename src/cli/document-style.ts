import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { ResolvedConfig } from "../config/index.js";
import type { RememberedBuild } from "../contract/history.js";
import { keptStyle, type CHARTS, type ChosenStyle, type DocumentStyle, type Template } from "../contract/template.js";
import { BUILTIN_TEMPLATES, DEFAULT_TEMPLATE, parseTemplate } from "../export/index.js";
import { UsageError } from "../kit/errors.js";
import { oneLine, shorten } from "../kit/text.js";
import type { Io } from "./io.js";

export interface StyleFlags {
  readonly template?: string;
  readonly charts?: ChartChoice;
}

/** How findings in metrics are drawn in the Markdown. */
export type ChartChoice = (typeof CHARTS)[number];

const LARGEST = 1024 * 1024;

/** What the flags say, and for the rest the config. @throws {UsageError} TEMPLATE_INVALID */
export async function styleOfBuild(flags: StyleFlags, config: ResolvedConfig, io: Io): Promise<ChosenStyle> {
  const chosen = await chosenBy(flags, io);
  return flags.template === undefined ? { ...withTemplate(await configuredTemplate(config)), ...chosen } : chosen;
}

/** What the flags say, and for the rest the last build. @throws {UsageError} TEMPLATE_INVALID */
export async function styleOfExport(flags: StyleFlags, { style }: Pick<RememberedBuild, "style">, io: Io): Promise<DocumentStyle> {
  const last = style ?? {};
  return keptStyle(await chosenBy(flags, io), { ...last, chosen: ["template", "charts"] });
}

async function chosenBy(flags: StyleFlags, io: Io): Promise<ChosenStyle> {
  const chosen = (["template", "charts"] as const).filter((part) => flags[part] !== undefined);
  return {
    ...(flags.template === undefined ? {} : withTemplate(await templateNamed(flags.template, io.cwd))),
    ...withCharts(flags.charts),
    ...(chosen.length === 0 ? {} : { chosen }),
  };
}

/** @throws {UsageError} TEMPLATE_INVALID with everything that is wrong with it. */
export async function configuredTemplate({ template }: Pick<ResolvedConfig, "template">): Promise<Template> {
  return builtin(template.written) ?? readTemplate(template.path);
}

async function templateNamed(name: string, cwd: string): Promise<Template> {
  return builtin(name) ?? readTemplate(resolve(cwd, name));
}

function builtin(name: string): Template | undefined {
  return BUILTIN_TEMPLATES.find((each) => each.name === name);
}

/** The default one is nothing to be remembered. */
function withTemplate(template: Template): DocumentStyle {
  return template === DEFAULT_TEMPLATE ? {} : { template };
}

/** Files are what there is without a choice. */
function withCharts(charts: ChartChoice | undefined): DocumentStyle {
  return charts === undefined || charts === "files" ? {} : { charts };
}

async function readTemplate(path: string): Promise<Template> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    const names = BUILTIN_TEMPLATES.map(({ name }) => name).join(" or ");
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    throw invalid(path, [code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`], `Name a file, or ${names}.`, cause);
  });
  if (bytes.length > LARGEST) throw invalid(path, ["it is larger than 1 MB"], "A template is a page or two. Is it another file?");
  const text = decoded(bytes, path);
  const { problems } = parseTemplate(text);
  const hint = "Each slot, such as {{ timeline }}, stands on a line of its own, once; the README lists them.";
  if (problems.length > 0)
    throw invalid(
      path,
      problems.map((each) => `line ${each.line}: ${each.text}`),
      hint,
    );
  return { name: shorten(oneLine(basename(path)), 80), text };
}

/** With line feeds, and without the mark that some editors put at the beginning. */
function decoded(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r\n?/g, "\n");
  } catch (cause) {
    throw invalid(path, ["it is not UTF-8"], "Save it as UTF-8.", cause);
  }
}

function invalid(path: string, problems: readonly string[], hint: string, cause?: unknown): UsageError {
  return new UsageError(`${path} cannot be used as a template.`, { id: "TEMPLATE_INVALID", problems, hint, cause });
}
