import type { DoctorJson, SourceHealth } from "./schemas/doctor.js";

/** Scopes as vendors write them: nothing else gets through. */
const SCOPE = /^[a-z_:.]{1,40}$/;

/**
 * What a bug report needs: versions, states and counts. Names of people, channels, repositories, hosts, paths and
 * accounts stay out, and so does what vendors answered.
 */
export function doctorReport({ version, node, sources, store }: DoctorJson, platform: string): string {
  return [
    "```text",
    `incident-timeline ${version}`,
    `Node ${node}, ${platform}`,
    `store: ${store.state}, SQLite ${store.sqlite}`,
    ...sources.flatMap(sourceLines),
    "```",
  ].join("\n");
}

function sourceLines({ connector, reachable, granted, missing, limits, notes, clockOffsetMs }: SourceHealth): string[] {
  const scopes = granted === null ? "not told" : granted.filter((scope) => SCOPE.test(scope)).join(" ");
  return [
    `${connector}: ${reachable ? "reachable" : "cannot be read"}`,
    ...(reachable ? [`  granted: ${scopes}`, `  missing: ${missing.length}, notes: ${notes.length}`] : []),
    ...limits.map((line) => `  limit: ${line}`),
    ...(clockOffsetMs === null ? [] : [`  its clock minus ours: ${clockOffsetMs} ms`]),
  ];
}
