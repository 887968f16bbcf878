import type { Evidence } from "../../src/contract/evidence.js";
import { toPlain } from "../../src/kit/rich-text.js";
import { oneLine } from "../../src/kit/text.js";
import { readMarkdown } from "./markdown.js";
import { mentionsIn, revertsIn } from "./mentions.js";
import { accountOf, distinctRefs, observed, pullRef, shaRef, webUrl } from "./observed.js";
import type { PullRecord } from "./records.js";

export interface PullPlace {
  readonly source: string;
  readonly scope: string;
  /** As GitHub writes it. */
  readonly repository: string;
  readonly defaultBranch: string | null;
}

/** The one who wrote it acts; who pressed the button is in `payload`. Pure. */
export function pullEvidence(pull: PullRecord, place: PullPlace): Evidence {
  const { repository } = place;
  const actor = accountOf(pull.author);
  const body = readMarkdown(pull.body ?? "");
  const text = `${pull.title}\n${toPlain(body)}`;
  const own = pullRef(repository, pull.number, "is");
  const reverts = revertsIn(text, pull.headRefName, repository).filter((ref) => ref.id !== own.id);
  const undone = new Set(reverts.map((ref) => ref.id));
  return {
    id: `github-pr:${repository}#${pull.number}`,
    connector: "github",
    source: place.source,
    scope: place.scope,
    kind: "github.pull.merged",
    times: [...observed("merged", pull.mergedAt), ...observed("created", pull.createdAt), ...observed("closed", pull.closedAt)],
    actor,
    title: oneLine(pull.title),
    body,
    url: webUrl(pull.url),
    refs: distinctRefs([
      own,
      ...(pull.mergeCommit ? [shaRef(pull.mergeCommit.oid, "is")] : []),
      ...(pull.headRefOid ? [shaRef(pull.headRefOid, "of")] : []),
      ...reverts,
      ...mentionsIn(text, repository).filter((ref) => ref.id !== own.id && !undone.has(ref.id)),
    ]),
    visibility: "public",
    signals: actor?.kind === "bot" ? { automated: true } : {},
    payload: {
      number: pull.number,
      base: pull.baseRefName ?? null,
      branch: pull.headRefName ?? null,
      intoDefaultBranch: place.defaultBranch === null || !pull.baseRefName ? null : pull.baseRefName === place.defaultBranch,
      mergedBy: accountOf(pull.mergedBy)?.id ?? null,
      additions: pull.additions ?? null,
      deletions: pull.deletions ?? null,
      changedFiles: pull.changedFiles ?? null,
    },
  };
}
