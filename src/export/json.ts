import type { Exporter, ExportInput } from "../contract/export.js";
import { toIso } from "../kit/instant.js";
import { sha256 } from "../kit/hash.js";
import { toTimelineFile } from "./json/timeline-file.js";

/** The last member starts here: only a member of the outermost object stands two spaces from the margin. */
const BUILD = '\n  "build": ';

/**
 * `incident-timeline/1`, for other programs. The stamp is the last member, so that the hash in it covers the bytes
 * before it as they stand.
 */
export const json: Exporter = {
  format: "json",
  extension: ".json",
  render(input) {
    const body = JSON.stringify(toTimelineFile(input), null, 2).slice(0, -"\n}".length);
    const before = `${body},`;
    return `${before}${BUILD}${indented({ ...stampOf(input), sha256: sha256(before) })}\n}\n`;
  },
  untouchedHash(text) {
    const at = text.lastIndexOf(BUILD);
    if (at === -1 || !text.endsWith("\n}\n")) return null;
    const hash = sha256(text.slice(0, at));
    const build = parsed(text.slice(at + BUILD.length, -"\n}\n".length));
    return build?.sha256 === hash && text.endsWith(`${BUILD}${indented(build)}\n}\n`) ? hash : null;
  },
};

function stampOf({ build }: ExportInput) {
  const { at, version, tookMs, calls, openUntil, checkedSince } = build;
  return {
    at: toIso(at, 1000),
    version,
    tookMs,
    calls: calls.map(({ connector, calls, retries, waitedMs, clockOffsetMs }) => ({ connector, calls, retries, waitedMs, clockOffsetMs })),
    openUntil,
    checkedSince: checkedSince.map(({ connector, source, scope, at }) => ({ connector, source, scope, at: toIso(at, 1000) })),
  };
}

function indented(value: object): string {
  return JSON.stringify(value, null, 2).replaceAll("\n", "\n  ");
}

function parsed(text: string): { readonly sha256?: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}
