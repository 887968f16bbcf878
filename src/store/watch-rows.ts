import type { AttachedRecord, LookRecord, WatchedIncident, WatchStore } from "../contract/watch.js";
import type { EpochMicros } from "../kit/instant.js";
import type { Session } from "./session.js";
import { immediate } from "./transaction.js";

type Guard = <T>(act: () => T) => Promise<T>;

/** Whole records as JSON: nobody asks for parts of them, and one process at a time writes. */
export function watchStore(session: Session, guarded: Guard): WatchStore {
  const put = (sql: string, ...values: readonly (string | number)[]): void => void immediate(session, () => session.run(sql, ...values));
  const records = <T>(sql: string, ...values: readonly string[]): T[] =>
    session.all<{ record: string }>(sql, ...values).map(({ record }) => JSON.parse(record) as T);
  return {
    watched: () => guarded(() => records<WatchedIncident>("select record from watched order by incident")),
    putWatched: (incidents) => guarded(() => immediate(session, () => incidents.forEach((each) => putWatched(session, each)))),
    looks: () => guarded(() => records<LookRecord>("select record from look order by connector")),
    putLook: (look) =>
      guarded(() =>
        put(
          "insert into look (connector, record) values (?, ?) on conflict (connector) do update set record = excluded.record",
          look.connector,
          JSON.stringify(look),
        ),
      ),
    attached: (incident) =>
      guarded(() => records<AttachedRecord>("select record from attached where incident = ? order by connector, place", incident)),
    putAttached: (record) =>
      guarded(() =>
        put(
          `insert into attached (incident, connector, place, record) values (?, ?, ?, ?)
           on conflict (incident, connector, place) do update set record = excluded.record`,
          record.incident,
          record.connector,
          record.place,
          JSON.stringify(record),
        ),
      ),
    hasDelivery: (connector, delivery) =>
      guarded(() => session.all("select 1 from delivery where connector = ? and delivery = ?", connector, delivery).length > 0),
    putDelivery: (connector, delivery, at, forget) =>
      guarded(() => immediate(session, () => putDelivery(session, connector, delivery, at, forget))),
  };
}

function putWatched(session: Session, incident: WatchedIncident): void {
  session.run(
    "insert into watched (incident, record) values (?, ?) on conflict (incident) do update set record = excluded.record",
    incident.id,
    JSON.stringify(incident),
  );
}

function putDelivery(session: Session, connector: string, delivery: string, at: EpochMicros, forget: EpochMicros): void {
  session.run("delete from delivery where at < ?", forget);
  session.run("insert or ignore into delivery (connector, delivery, at) values (?, ?, ?)", connector, delivery, at);
}
