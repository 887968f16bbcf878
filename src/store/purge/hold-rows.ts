import type { LegalHold } from "../../contract/retention.js";
import type { Session } from "../session.js";

/** The first reason and time stay until it is released. @returns false when it was held before. */
export function putHold(session: Session, { incident, reason, since }: LegalHold): boolean {
  return session.run("insert or ignore into hold (incident, reason, since_at) values (?, ?, ?)", incident, reason, since) > 0;
}

/** @returns whether it was held. */
export function removeHold(session: Session, incident: string): boolean {
  return session.run("delete from hold where incident = ?", incident) > 0;
}

export function readHolds(session: Session): LegalHold[] {
  return session.all<LegalHold>("select incident, reason, since_at as since from hold order by incident");
}
