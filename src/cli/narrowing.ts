import type { Narrowing } from "../contract/selection.js";
import { UsageError } from "../kit/errors.js";
import { oneLine, shorten } from "../kit/text.js";

export interface NarrowingFlags {
  readonly service?: readonly string[];
  readonly channel?: readonly string[];
  readonly repo?: readonly string[];
  readonly metric?: readonly string[];
  readonly monitor?: readonly string[];
  /** `channels=#ops`: any list, also those that have no flag of their own. */
  readonly only?: readonly string[];
}

/** What the flags narrow one build to. */
export function narrowingOf(flags: NarrowingFlags): Narrowing {
  const { channel = [], repo = [], metric = [], monitor = [], only = [] } = flags;
  const lists = new Map<string, string[]>();
  const add = (key: string, names: readonly string[]) => void (names.length > 0 && lists.set(key, [...(lists.get(key) ?? []), ...names]));
  add("channels", channel);
  add("repos", repo);
  add("metrics", metric);
  add("monitors", monitor);
  for (const each of only) add(...listAndName(each));
  return { services: [...new Set(flags.service)], only: Object.fromEntries(lists), also: {} };
}

function listAndName(text: string): [string, string[]] {
  const at = text.indexOf("=");
  if (at > 0 && at < text.length - 1) return [text.slice(0, at).trim(), [text.slice(at + 1).trim()]];
  throw new UsageError(`--only: expected LIST=NAME, got "${shorten(oneLine(text), 60)}".`, {
    id: "FLAG_INVALID",
    hint: "Such as --only channels=#ops.",
  });
}
