import type { Connector } from "../contract/connector.js";
import type { NoticeReport } from "../contract/notice.js";
import type { Narrowing, Selectable, Selection } from "../contract/selection.js";
import { oneLine, shorten } from "../kit/text.js";
import type { ResolvedConfig } from "./resolved-config.js";

export interface Permitted {
  readonly narrowing: Narrowing;
  /** Wishes that the config does not allow, one line each, for the log. */
  readonly refused: readonly string[];
}

/** As much of a report as is judged. */
export type Wishing = Pick<NoticeReport, "key" | "name" | "visibility" | "also" | "wishes">;

/** One list of one section, with everything that the config has for it. */
interface List {
  readonly connector: string;
  readonly select: Selectable<unknown>;
  readonly section: unknown;
  /** null: everything there is. */
  readonly written: readonly string[] | null;
}

/**
 * What becomes of a notice's wishes: it chooses among what the sections and services of the config name, and names
 * nothing itself. A list of which nothing may be had stays as the config has it.
 */
export function permitted(report: Wishing, config: ResolvedConfig, connectors: readonly Connector[]): Permitted {
  const { services, only } = report.wishes;
  const lists = listsOf(config, connectors);
  const choose = (key: string, name: string) => firstOf(lists, key, (list) => choice(list, name));
  const own = (key: string, name: string) => firstOf(lists, key, (list) => ownPlace(list, name, report) ?? choice(list, name));
  const known = services.filter((name) => config.services.has(name));
  const [chosen, also] = [judged(only, choose), judged(report.also, own)];
  return {
    narrowing: { services: [...new Set(known)], only: chosen.kept, also: also.kept },
    refused: [
      ...services.filter((name) => !config.services.has(name)).map((name) => told("services", name)),
      ...chosen.refused,
      ...also.refused,
    ],
  };
}

function listsOf({ sections, services }: ResolvedConfig, connectors: readonly Connector[]): List[] {
  return connectors.flatMap(({ id, config }) => {
    const section = sections.get(id);
    if (section === undefined) return [];
    return ((config.selects ?? []) as readonly Selectable<unknown>[]).map((select) => {
      const names = select.names(section);
      const ofServices = [...services.values()].flatMap((selection) => selection[select.key] ?? []);
      return { connector: id, select, section, written: names === null ? null : [...names, ...ofServices] };
    });
  });
}

function firstOf(lists: readonly List[], key: string, judge: (list: List) => string | null): string | null {
  for (const list of lists) {
    const name = list.select.key === key ? judge(list) : null;
    if (name !== null) return name;
  }
  return null;
}

function choice({ select, section, written }: List, name: string): string | null {
  const plain = written === null || written.includes(name) ? name : null;
  const may = select.permit === undefined ? plain : select.permit(name, written, section);
  return may !== null && select.problem(section, may) === null ? may : null;
}

/** Only the connector whose list it is can say that a place of it is the incident's own. */
function ownPlace({ connector, select, section, written }: List, name: string, report: Wishing): string | null {
  return report.key.startsWith(`${connector}:`) ? (select.permitOwn?.(name, report, written, section) ?? null) : null;
}

function judged(wished: Selection, judge: (key: string, name: string) => string | null) {
  const kept = new Map<string, string[]>();
  const refused: string[] = [];
  for (const [key, names] of Object.entries(wished))
    for (const name of names) {
      const may = judge(key, name);
      if (may === null) refused.push(told(key, name));
      else kept.set(key, [...new Set([...(kept.get(key) ?? []), may])]);
    }
  return { kept: Object.fromEntries(kept), refused };
}

function told(key: string, name: string): string {
  return `${shorten(oneLine(key), 40)} "${shorten(oneLine(name), 60)}"`;
}
