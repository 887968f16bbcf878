import type { History } from "../../contract/history.js";
import type { IncidentRecord } from "../../contract/store.js";
import { MICROS_PER_DAY, type Span } from "../../kit/instant.js";
import { findScope } from "../scope-rows.js";
import type { Session } from "../session.js";

/** Of an incident whose builds did not keep what they asked for, and of the deployment before a window. */
const WIDE = 90 * MICROS_PER_DAY;

/** What incidents draw on: spans by scope, and spans of every scope. */
export interface DrawnOn {
  readonly byScope: ReadonlyMap<number, readonly Span[]>;
  readonly everywhere: readonly Span[];
}

/** Rather too wide than too narrow: whatever a draft of them could be made of. Spans of the baselines are part of it. */
export function drawnOn(session: Session, incidents: readonly IncidentRecord[]): DrawnOn {
  const byScope = new Map<number, Span[]>();
  const everywhere: Span[] = [];
  for (const { incidentStart, incidentEnd, history } of incidents) {
    const { build } = history as unknown as History;
    if (build === undefined) {
      everywhere.push({ from: incidentStart - WIDE, until: (incidentEnd ?? Number.MAX_SAFE_INTEGER - WIDE) + WIDE });
      continue;
    }
    const usual = [...build.window.baselines, build.window.spans.metric];
    for (const each of build.scopes) {
      const scope = findScope(session, each);
      if (scope === null) continue;
      const from = each.spans[0]?.from;
      const before = each.lastDeployment && from !== undefined ? [{ from: from - WIDE, until: from }] : [];
      byScope.set(scope, [...(byScope.get(scope) ?? []), ...each.spans, ...before, ...usual]);
    }
  }
  return { byScope, everywhere };
}

/** Whether something from its first to its last time may be part of a draft. */
export function isDrawnOn({ byScope, everywhere }: DrawnOn, scopes: readonly number[], first: number, last: number): boolean {
  const touches = ({ from, until }: Span) => first < until && last >= from;
  return everywhere.some(touches) || scopes.some((scope) => byScope.get(scope)?.some(touches) === true);
}

/** Whether anything of any scope may be, at that time: for what belongs to no scope that is read. */
export function isDrawnOnAnywhere({ byScope, everywhere }: DrawnOn, first: number, last: number): boolean {
  return [everywhere, ...byScope.values()].some((spans) => spans.some(({ from, until }) => first < until && last >= from));
}
