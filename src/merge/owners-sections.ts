import { contentHash } from "./owner-file/canonical.js";
import { baseIn } from "./owner-file/closing.js";
import { parseFile } from "./owner-file/parse.js";

/**
 * Sections of the owner's file by their headings, with what the owner wrote there: what we generated is left out, and so
 * are entries and comments. Where nobody can tell any more what was generated, nothing is taken. Pure.
 */
export function ownersSections(file: string, titles: readonly string[]): { readonly title: string; readonly text: string }[] {
  const parsed = parseFile(file.replaceAll("\r\n", "\n"));
  const { units } = parsed;
  const base = baseIn(parsed);
  if (base === null) return [];
  const generated = new Set([...base.records, ...base.gone].map(({ content }) => content));
  return titles.flatMap((title) => {
    const from = units.findIndex(({ level, raw }) => level > 0 && titleOf(raw) === normal(title));
    if (from === -1) return [];
    const next = units.findIndex(({ level, kind }, at) => at > from && ((level > 0 && level <= units[from]!.level) || kind === "closing"));
    const own = units.slice(from + 1, next).filter(({ ids, raw }) => ids.length === 0 && !generated.has(contentHash(raw)));
    const text = withoutComments(own.map(({ raw, gap }) => raw + gap).join("")).trim();
    return text === "" ? [] : [{ title: title.trim(), text }];
  });
}

function titleOf(heading: string): string {
  return normal(withoutComments(heading).replace(/^ {0,3}#{1,6}/, ""));
}

function normal(title: string): string {
  return title.normalize("NFKC").trim().toLowerCase();
}

/** A comment that is not closed hides everything behind it. */
function withoutComments(text: string): string {
  let kept = "";
  for (let from = 0; ;) {
    const start = text.indexOf("<!--", from);
    if (start === -1) return kept + text.slice(from);
    kept += text.slice(from, start);
    const end = text.indexOf("-->", start + 4);
    if (end === -1) return kept;
    from = end + 3;
  }
}
