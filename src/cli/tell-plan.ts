import { access } from "node:fs/promises";
import { join } from "node:path";
import { builtinConnectors } from "../../connectors/index.js";
import { planOnly, type PlannedSource } from "../collect/index.js";
import { narrowed, type ResolvedConfig } from "../config/index.js";
import type { Format } from "../contract/export.js";
import type { Selectable } from "../contract/selection.js";
import { exporters } from "../export/index.js";
import { ExitCode } from "../kit/errors.js";
import { MICROS_PER_SECOND, toIso, type Span } from "../kit/instant.js";
import { oneLine, shorten, visible } from "../kit/text.js";
import type { BuildRequest } from "../pipeline.js";
import { openStore } from "../store/open-store.js";
import { incidentId, resolveWindow } from "../window/index.js";
import { publicPath } from "../write-public-summary.js";
import { clockText, counted } from "./clock-text.js";
import type { Io } from "./io.js";
import { narrowingText } from "./narrowing.js";
import { openSources } from "./open-sources.js";
import { beginning, sayEvent } from "./tell-build-json.js";
import { shortPath } from "./written.js";

/** Longer lists of names are cut: `--json` has them whole. */
const LONGEST = 200;

/** `--dry-run`: what a build would ask and write, from the config and the store. Nobody is asked, nothing is written. */
export async function tellPlan(
  config: ResolvedConfig,
  request: BuildRequest,
  io: Io,
  options: { readonly formats: readonly Format[]; readonly json: boolean },
): Promise<ExitCode> {
  const { window } = resolveWindow({ ...config, ...request, now: io.clock.now() });
  const narrow = narrowed(config, builtinConnectors, request.narrowing);
  const { connectors } = openSources(narrow, io, {});
  const isThere = await access(config.store).then(
    () => true,
    () => false,
  );
  const store = isThere ? await openStore(config.store) : null;
  const rules = { recheckFor: config.recheckFor, refresh: request.refresh, now: io.clock.now(), signal: io.signal };
  const sources = await planOnly({ connectors, window, store, ...rules });
  await store?.close();
  const files = exporters
    .filter(({ format }) => options.formats.includes(format))
    .map(({ extension }) => join(request.out, `${incidentId(request)}${extension}`))
    .concat(request.publicSections === undefined ? [] : [publicPath(request.out, incidentId(request))])
    .map((path) => shortPath(path, io.cwd));
  if (options.json) {
    sayEvent(beginning(request), io);
    sayEvent({ event: "plan", sources: sources.map(planJson), files }, io);
    return ExitCode.done;
  }
  const lines = [
    `${oneLine(request.title)} (${incidentId(request)})`,
    `  looked at from ${clockText(window.from)} to ${clockText(window.until)}`,
    ...narrowingText(request.narrowing).map((line) => `  ${line}`),
    "",
    "Would be asked",
    ...sources.flatMap((source) => sourceLines(source, narrow)),
    "",
    "Would be written",
    ...files.map((file) => `  ${file}`),
    `  ${shortPath(config.store, io.cwd)}${isThere ? "" : "  (made anew)"}`,
    "",
    "Nothing was asked or written.",
  ];
  io.out(`${visible(lines.join("\n"))}\n`);
  return ExitCode.done;
}

function planJson({ scopes, ...source }: PlannedSource) {
  const span = ({ from, until }: Span) => ({ from: toIso(from), until: toIso(until) });
  return { ...source, scopes: scopes === null ? null : scopes.map(({ name, ask }) => ({ name, ask: ask.map(span) })) };
}

function sourceLines({ connector, source, host, calls, scopes }: PlannedSource, config: ResolvedConfig): string[] {
  const head = `  ${connector} ${source} at ${host}${calls === null ? "" : `: ${calls}`}`;
  if (scopes === null) return [head, `    ${namedIn(connector, config)}; what there is of it is asked first`];
  if (scopes.length === 0) return [`${head}: nothing that is known by now`];
  return [head, ...grouped(scopes).map(([ask, names]) => `    ${shorten(names.map(oneLine).join(", "), LONGEST)}: ${ask}`)];
}

/** Scopes that are asked for the same spans stand together. */
function grouped(scopes: NonNullable<PlannedSource["scopes"]>): [ask: string, names: string[]][] {
  const groups = new Map<string, string[]>();
  for (const { name, ask } of scopes) {
    const text = ask.length === 0 ? "nothing, all of it is known" : ask.map(spanText).join("; ");
    groups.set(text, [...(groups.get(text) ?? []), name]);
  }
  return [...groups];
}

function spanText({ from, until }: Span): string {
  const upTo = Math.floor(until / MICROS_PER_SECOND) * MICROS_PER_SECOND;
  return `${clockText(from)} to ${clockText(upTo)}`;
}

/** `channels: inc-*, #ops`. */
function namedIn(connector: string, config: ResolvedConfig): string {
  const selects = (builtinConnectors.find(({ id }) => id === connector)?.config.selects ?? []) as readonly Selectable<unknown>[];
  const lists = selects.flatMap((select) => {
    const list = select.names(config.sections.get(connector));
    return list === null || list.length === 0 ? [] : [`${select.key}: ${shorten(list.map(oneLine).join(", "), LONGEST)}`];
  });
  return lists.length === 0 ? counted(0, "name") : lists.join("; ");
}
