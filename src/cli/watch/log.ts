import { toIso } from "../../kit/instant.js";
import { visible } from "../../kit/text.js";
import type { Log } from "../../watch/ports.js";
import type { Io } from "../io.js";

/**
 * One line for each thing that happened, on standard error: `2026-03-04T11:20:00Z info built incident=... entries=12`, or
 * JSON with the same fields.
 */
export function watchLog(io: Pick<Io, "err" | "clock">, { json, quiet }: { readonly json: boolean; readonly quiet: boolean }): Log {
  return (level, event, fields) => {
    if (quiet && level === "info") return;
    const at = toIso(io.clock.now(), 1000);
    io.err.write(`${json ? JSON.stringify({ at, level, event, ...fields }) : lineOf(at, level, event, fields)}\n`);
  };
}

function lineOf(at: string, level: string, event: string, fields: Parameters<Log>[2]): string {
  const said = Object.entries(fields).flatMap(([key, value]) => (value === null ? [] : [`${key}=${worded(value)}`]));
  return visible([at, level, event, ...said].join(" "));
}

function worded(value: string | number): string {
  const text = String(value);
  return /^[^\s"=]+$/.test(text) ? text : JSON.stringify(text);
}
