const OPEN = "<!-- timeline-lint allow:";

/**
 * Which rules a line allows: `<!-- timeline-lint allow: rule-id, rule-id -->` on the line itself or the line before.
 * Keys are line numbers, counted from 1.
 */
export function allowedByLine(lines: readonly string[]): ReadonlyMap<number, ReadonlySet<string>> {
  const allowed = new Map<number, Set<string>>();
  lines.forEach((line, index) => {
    const start = line.indexOf(OPEN);
    const end = start < 0 ? -1 : line.indexOf("-->", start);
    if (end < 0) return;
    const rules = line
      .slice(start + OPEN.length, end)
      .split(",")
      .map((rule) => rule.trim());
    for (const number of [index + 1, index + 2]) allowed.set(number, new Set([...(allowed.get(number) ?? []), ...rules]));
  });
  return allowed;
}
