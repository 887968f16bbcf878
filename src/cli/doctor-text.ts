import { formatDuration } from "../kit/duration.js";
import { oneLine } from "../kit/text.js";
import type { DoctorJson, SourceHealth, StoreHealth } from "./schemas/doctor.js";

/** More would move entries of one source past those of another. */
const CLOCKS_AGREE_MS = 2000;

export function doctorText({ sources, store, node, version }: DoctorJson): string {
  return [`incident-timeline ${version}, Node ${node}`, ...sources.flatMap(sourceText), ...storeText(store)].join("\n");
}

function sourceText(health: SourceHealth): string[] {
  const { connector, host, reachable, problem, hint, who, granted, missing, clockOffsetMs, reads, limits, notes } = health;
  const name = host === null ? connector : `${connector} at ${host}`;
  if (!reachable) return [`${name}: cannot be read`, `  ${oneLine(problem ?? "")}`, ...(hint === null ? [] : [`  ${hint}`])];
  return [
    `${name}: reachable${who === null ? "" : `, as ${oneLine(who)}`}`,
    ...(granted === null ? [] : [`  granted: ${granted.map(oneLine).join(", ")}`]),
    ...missing.map(({ scope, without }) => `  missing: ${oneLine(scope)}; without it ${oneLine(without)}`),
    ...reads.map((line) => `  would read ${oneLine(line)}`),
    ...limits.map((line) => `  limit: ${line}`),
    ...(clockOffsetMs === null ? [] : [`  ${clockText(clockOffsetMs)}`]),
    ...notes.map((note) => `  ${oneLine(note)}`),
  ];
}

function clockText(ms: number): string {
  if (Math.abs(ms) <= CLOCKS_AGREE_MS) return "clocks agree";
  return `its clock is ${formatDuration(Math.abs(ms) * 1000)} ${ms > 0 ? "ahead of" : "behind"} ours: set this machine's clock, or mind it when reading`;
}

function storeText({ path, sqlite, state, problem, hint }: StoreHealth): string[] {
  const line = `store ${path}: ${state === "not made yet" ? "not made yet; the first build makes it" : state}, SQLite ${sqlite}`;
  return [line, ...(problem === null ? [] : [`  ${problem}`]), ...(hint === null ? [] : [`  ${hint}`])];
}
