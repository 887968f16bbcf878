/** Where the labels of reference links lead: `[1]: https://...`. */
export type LinkLabels = ReadonlyMap<string, string>;

/** The definitions of reference links in a document. */
export function linkLabelsOf(lines: readonly string[]): LinkLabels {
  const labels = new Map<string, string>();
  for (const line of lines) {
    const found = /^ {0,3}\[([^\]\n]{1,200})\]:[ \t]*<?(https?:[^\s<>]{1,4000})/.exec(line);
    if (found) labels.set(found[1]!.toLowerCase(), found[2]!);
  }
  return labels;
}

/** The addresses in a piece of Markdown, each in the form that URLs have when they are compared. */
export function urlsIn(raw: string, labels: LinkLabels): string[] {
  const direct = raw.split(/[\s<>"'`|[\]]+/).flatMap((token) => {
    const start = token.search(/https?:\/\//);
    return start === -1 ? [] : [trimmed(token.slice(start))];
  });
  const referred = [...raw.matchAll(/\[([^[\]\n]{1,200})\]/g)].flatMap(([, label]) => labels.get(label!.toLowerCase()) ?? []);
  return [...new Set([...direct, ...referred].map(comparable))];
}

/** One form for addresses that lead to the same place, whatever an editor did to them; the text itself where it is none. */
export function comparable(url: string): string {
  const plain = url.replaceAll("\\", "").replaceAll("&amp;", "&");
  return URL.canParse(plain) ? new URL(plain).href.replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase()) : plain;
}

/** Without what closes a link around it: `(https://example.com/a)`. */
function trimmed(token: string): string {
  let end = token.length;
  let open = 0;
  for (let at = 0; at < token.length; at++) {
    if (token[at] === "(") open += 1;
    if (token[at] === ")" && --open < 0) {
      end = at;
      break;
    }
  }
  while (end > 0 && ".,;:!?*_".includes(token[end - 1]!)) end -= 1;
  return token.slice(0, end);
}
