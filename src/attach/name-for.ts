import { maySee, type DraftAudience } from "../contract/audience.js";
import type { Draft } from "../contract/draft.js";
import type { NoticeReport } from "../contract/notice.js";
import { sha256 } from "../kit/hash.js";

type Incident = Draft["incident"];

/** What an audience may know an incident by. */
export interface Naming {
  readonly incident: Incident;
  /** It is the incident's own name, which the owner's file has as well. */
  readonly isOwn: boolean;
  /** It has a title that may be told. */
  readonly isTold: boolean;
}

/**
 * Title and id are those of the place that first told of it; an incident that no place told of was named by its owner.
 * Who may not read that place knows it by the title of another one, or by nothing but a number.
 */
export function nameFor(audience: DraftAudience, incident: Incident, reports: readonly NoticeReport[]): Naming {
  const readable = reports.filter(({ key, visibility }) => maySee(audience, { ...placeOf(key), visibility }));
  if (reports.length === 0 || readable[0] === reports[0]) return { incident, isOwn: true, isTold: true };
  const other = readable[0];
  const hidden = nameless(incident);
  return other === undefined
    ? { incident: hidden, isOwn: false, isTold: false }
    : { incident: { ...hidden, title: other.title }, isOwn: false, isTold: true };
}

/** The same in every build; it tells nothing of its name, nor of the time that a private place may have told. */
export function nameless(incident: Incident): Incident {
  const known = sha256(incident.id).slice(0, 8);
  return { ...incident, id: `incident-${known}`, title: `Incident ${known}` };
}

/** `slack:C024BE91L`, `github:acme/shop#12` */
function placeOf(key: string): { readonly connector: string; readonly scope: string } {
  const colon = key.indexOf(":");
  return { connector: key.slice(0, colon), scope: key.slice(colon + 1) };
}
