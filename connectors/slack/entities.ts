import type { Inline } from "../../src/contract/rich-text.js";
import { fromUnixSeconds, MICROS_PER_SECOND, toIso } from "../../src/kit/instant.js";
import { channelText, groupText, type Names } from "./names.js";

/** No link that Slack makes is longer; what is, was typed to look like one. */
const LONGEST = 8000;

/** The three characters that Slack escapes, undone in one pass: `&amp;lt;` is the text `&lt;`. */
export function decode(text: string): string {
  return text.replace(/&(lt|gt|amp);/g, (_, name: string) => (name === "lt" ? "<" : name === "gt" ? ">" : "&"));
}

/**
 * Finds `<...>` from left to right in linear time: where the next brackets are is remembered, not searched again.
 * Ask with ascending positions.
 */
export function entityFinder(text: string): (start: number) => string | null {
  let close = -1;
  let open = -1;
  const next = (char: string, from: number, known: number) => {
    if (known >= from) return known;
    const found = text.indexOf(char, from);
    return found < 0 ? Infinity : found;
  };
  return (start) => {
    close = next(">", start + 1, close);
    open = next("<", start + 1, open);
    if (close === Infinity || open < close || close === start + 1 || close - start > LONGEST) return null;
    const inner = text.slice(start + 1, close);
    return inner.includes("\n") ? null : inner;
  };
}

/**
 * What one `<...>` of Slack's text means; `inner` is without the brackets. null: nothing that Slack makes.
 * Source: "Formatting message text", section "Retrieving formatted messages", docs.slack.dev.
 */
export function entity(inner: string, names: Names): Inline | null {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? "" : decode(inner.slice(bar + 1));
  if (/^@[UWB][A-Z0-9]*$/.test(target)) return { type: "account", connector: "slack", account: target.slice(1) };
  if (/^#[A-Z0-9]+$/.test(target)) return text(channelText(names, target.slice(1), label));
  if (target.startsWith("!")) return special(target.slice(1), label, names);
  if (/^[a-z][a-z0-9+.-]{0,30}:/i.test(target)) return { type: "link", url: decode(target), text: label === "" ? decode(target) : label };
  return null;
}

/** The same as text alone, for code: mentions stay ids there. */
export function verbatim(source: string, names: Names): string {
  const find = entityFinder(source);
  const parts: string[] = [];
  let done = 0;
  for (let at = source.indexOf("<"); at >= 0; at = source.indexOf("<", Math.max(at + 1, done))) {
    const inner = find(at);
    const found = inner === null ? null : entity(inner, names);
    if (inner === null || found === null) continue;
    parts.push(decode(source.slice(done, at)), shown(found));
    done = at + inner.length + 2;
  }
  return parts.join("") + decode(source.slice(done));
}

function special(target: string, label: string, names: Names): Inline {
  const group = /^subteam\^([A-Z0-9]+)$/.exec(target);
  if (group) return text(groupText(names, group[1]!, label));
  if (target.startsWith("date^")) return date(target, label);
  if (["here", "channel", "everyone"].includes(target)) return text(`@${target}`);
  return text(label === "" ? `@${target}` : label);
}

/** `date^<epoch seconds>^<format>[^<url>]`: the author's fallback, or the exact instant where there is none. */
function date(target: string, label: string): Inline {
  const [, seconds = "", , url = ""] = target.split("^");
  const at = /^\d{1,11}$/.test(seconds) ? fromUnixSeconds(Number(seconds)) : null;
  const words = label !== "" ? label : at === null ? seconds : toIso(at, MICROS_PER_SECOND);
  return url === "" ? text(words) : { type: "link", url: decode(url), text: words };
}

function text(words: string): Inline {
  return { type: "text", text: words };
}

function shown(inline: Inline): string {
  if (inline.type === "text" || inline.type === "link") return inline.text;
  return inline.type === "account" ? `@${inline.account}` : "";
}
