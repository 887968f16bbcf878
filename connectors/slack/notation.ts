import { fromIso, type EpochMicros } from "../../src/kit/instant.js";
import { oneLine } from "../../src/kit/text.js";

/** What a topic or purpose says in so many words: `severity: SEV2 | services: checkout, cart | started: 2026-03-04T11:20Z`. */
export interface Notation {
  readonly severity: string | null;
  readonly services: readonly string[];
  readonly started: EpochMicros | null;
  readonly resolved: EpochMicros | null;
  /** Keys whose time cannot be read. */
  readonly unreadable: readonly string[];
  /** What is no notation, in order: people's words. */
  readonly words: readonly string[];
}

const KEYS = new Set(["severity", "services", "started", "resolved"]);
const LONGEST_SEVERITY = 40;

/** Parts stand on lines of their own or between `|` and `;`. The first of each key counts; nothing else is taken for it. */
export function notationIn(text: string): Notation {
  const values = new Map<string, string>();
  const words: string[] = [];
  for (const part of text.replaceAll("\n", "|").replaceAll(";", "|").split("|")) {
    const at = part.indexOf(":");
    const key = part.slice(0, Math.max(0, at)).trim().toLowerCase();
    if (!KEYS.has(key)) words.push(oneLine(part));
    else if (!values.has(key)) values.set(key, oneLine(part.slice(at + 1)));
  }
  const times = { started: timeOf(values.get("started")), resolved: timeOf(values.get("resolved")) };
  return {
    severity: (values.get("severity") ?? "").slice(0, LONGEST_SEVERITY) || null,
    services: (values.get("services") ?? "")
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
    ...times,
    unreadable: (["started", "resolved"] as const).filter((key) => values.has(key) && times[key] === null),
    words: words.filter((part) => part !== ""),
  };
}

/** Seconds may be left out; the zone may not. */
function timeOf(text: string | undefined): EpochMicros | null {
  if (text === undefined) return null;
  return fromIso(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text.slice(0, 16)}:00${text.slice(16)}` : text);
}
