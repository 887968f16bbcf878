import type { NoticeReport } from "../../contract/notice.js";
import type { Store } from "../../contract/store.js";
import type { NameNew } from "../../watch/ports.js";
import { incidentId } from "../../window/index.js";
import { historyOf } from "../read-store.js";

/**
 * Names for incidents that are new to the watch. One that was built by hand from the same link, or whose place gives the
 * same id, goes on under its name; another that only has the same date and name gets a number behind it.
 */
export async function namerFor(store: Store): Promise<NameNew> {
  const links = new Map((await store.incidents()).map((record) => [record.id, historyOf(record).build?.reported?.url ?? null]));
  const urls = new Map([...links].flatMap(([id, url]) => (url === null ? [] : [[withoutQuery(url), id] as const])));
  return (report, isTaken) => {
    const built = report.url === null ? undefined : urls.get(withoutQuery(report.url));
    if (built !== undefined && !isTaken(built)) return built;
    const name = nameOf(report);
    for (let number = 1; ; number += 1) {
      const id = number === 1 ? name : `${name}-${number}`;
      const isOthers = links.has(id) && report.id === undefined;
      if (!isTaken(id) && !isOthers) return id;
    }
  };
}

function nameOf({ id, name, start }: NoticeReport): string {
  return incidentId({ id: id ?? null, start, title: name });
}

function withoutQuery(url: string): string {
  if (!URL.canParse(url)) return url;
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
