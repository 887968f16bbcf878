import type { EntryOfUnit, GeneratedUnit } from "../../contract/owner-file.js";

/** A unit inside its section; its key there. */
export interface Part {
  readonly key: string;
  readonly text: string;
  /** 2 where nothing is said: an empty line before it. */
  readonly gap?: 1 | 2;
  readonly entry?: EntryOfUnit;
  readonly stamp?: true;
}

/** A section with its heading, as units. */
export function sectionOf(key: string, heading: string, parts: readonly Part[]): GeneratedUnit[] {
  return unitsOf(key, [{ key: "", text: heading }, ...parts]);
}

/** Parts as units of one section; two with the same key are told apart by their number. */
export function unitsOf(section: string, parts: readonly Part[]): GeneratedUnit[] {
  const seen = new Map<string, number>();
  return parts.map(({ key, text, gap = 2, entry, stamp }) => {
    const full = entry ? `e:${entry.id}` : key === "" ? section : `${section}/${key}`;
    const nth = (seen.get(full) ?? 0) + 1;
    seen.set(full, nth);
    return {
      key: nth === 1 ? full : `${full}~${nth}`,
      section,
      text,
      gap,
      ...(entry ? { entry } : {}),
      ...(stamp ? { stamp } : {}),
    };
  });
}

/** Lines that follow each other without empty ones: a list, a table. */
export function lines(parts: readonly Part[]): Part[] {
  return parts.map((part, index) => (index === 0 ? part : { ...part, gap: 1 }));
}

/** A table with a header; cells are Markdown already. */
export function table(key: string, header: readonly string[], rows: readonly (readonly [key: string, ...cells: string[]])[]): Part[] {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return lines([
    { key: `${key}header`, text: row(header) },
    { key: `${key}rule`, text: row(header.map(() => "---")) },
    ...rows.map(([name, ...cells]) => ({ key: `${key}${name}`, text: row(cells) })),
  ]);
}
