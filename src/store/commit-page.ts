import type { CommitResult, CommittedPage, Run } from "../contract/store.js";
import { putCovered } from "./covered-rows.js";
import { putEvidence } from "./evidence-rows.js";
import { putDiscovered, putReference } from "./fact-rows.js";
import { putGap } from "./gap-rows.js";
import { forgetPurged } from "./purge/purged-rows.js";
import { ensureOwner, ensureScope } from "./scope-rows.js";
import { putSeries } from "./series-rows.js";
import type { Session } from "./session.js";
import { write } from "./transaction.js";

/** Records and progress in one transaction. */
export function commitPage(session: Session, run: Run, page: CommittedPage): CommitResult {
  return write(session, run, () => {
    const scopes = new Map<string, number>();
    const scopeOf = ({ source, scope }: { source: string; scope: string }): number => {
      const key = JSON.stringify([source, scope]);
      const id = scopes.get(key) ?? ensureScope(session, page.owner, source, scope);
      scopes.set(key, id);
      return id;
    };
    const result = { added: 0, changed: 0, unchanged: 0 };
    for (const item of page.evidence) {
      const scope = scopeOf(page.readIn ?? item.evidence);
      result[putEvidence(session, ensureOwner(session, page.owner), scope, item, page.at)]++;
    }
    for (const chunk of page.series ?? []) putSeries(session, scopeOf(chunk), chunk);
    for (const reference of page.references ?? []) putReference(session, ensureOwner(session, page.owner), reference, page.at);
    for (const found of page.discovered ?? []) putDiscovered(session, scopeOf(found), found);
    for (const gap of page.gaps ?? []) putGap(session, scopeOf(gap), gap, page.at, page.readIn !== undefined);
    for (const covered of page.covered ?? []) {
      putCovered(session, scopeOf(covered), covered.span, page.at);
      forgetPurged(session, scopeOf(covered), covered.span);
    }
    return result;
  });
}
