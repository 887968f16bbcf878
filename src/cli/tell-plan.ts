import { access } from "node:fs/promises";
import { builtinConnectors } from "../../connectors/index.js";
import { planOnly, type PlannedSource } from "../collect/index.js";
import { narrowed, type ResolvedConfig } from "../config/index.js";
import type { Format } from "../contract/export.js";
import type { Selectable } from "../contract/selection.js";
import type { Store } from "../contract/store.js";
import { keptStyle } from "../contract/template.js";
import { exporters } from "../export/index.js";
import { narrowingText } from "../draft/index.js";
import { ExitCode } from "../kit/errors.js";
import { MICROS_PER_SECOND, toIso, type Span } from "../kit/instant.js";
import { oneLine, shorten, visible } from "../kit/text.js";
import type { Targets } from "../output-paths.js";
import type { BuildRequest } from "../pipeline.js";
import { openStore } from "../store/open-store.js";
import { incidentId, resolveWindow } from "../window/index.js";
import { clockText, counted } from "./clock-text.js";
import type { Io } from "./io.js";
import { openSources } from "./open-sources.js";
import { beginning, sayEvent } from "./tell-build-json.js";
import { historyOf } from "./read-store.js";
import { plannedFiles, shortPath } from "./written.js";

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
  const files = plannedFiles(await targetsOf(request, options.formats, store), io.cwd);
  await store?.close();
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

async function targetsOf(request: BuildRequest, formats: readonly Format[], store: Store | null): Promise<Targets> {
  const incident = incidentId(request);
  const record = await store?.incident(incident);
  return {
    incident,
    exporters: exporters.filter(({ format }) => formats.includes(format)),
    out: request.out,
    style: keptStyle(request.style ?? {}, record ? historyOf(record).build?.style : undefined),
    forPublic: request.publicSections !== undefined,
  };
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
