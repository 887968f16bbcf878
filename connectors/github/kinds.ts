import type { KindRule } from "../../src/contract/connector.js";

/** A run stands where it began: what it found out comes with `finished`, the end of its last job. */
const run = { placedBy: ["started", "created"], endedBy: "finished", category: "change" } as const;

export const kinds = {
  "github.pull.merged": { placedBy: ["merged"], category: "change", says: "{actor} merged: {title}" },
  "github.run.succeeded": { ...run, says: "Run succeeded in {scope}: {title}" },
  "github.run.failed": { ...run, says: "Run failed in {scope}: {title}" },
  "github.run.cancelled": { ...run, says: "Run cancelled in {scope}: {title}" },
  "github.run.skipped": { ...run, says: "Run skipped in {scope}: {title}" },
  "github.run.ended": { ...run, says: "Run ended in {scope}: {title}" },
  "github.run.started": { ...run, says: "Run in progress in {scope}: {title}" },
  "github.run.waiting": { ...run, says: "Run waiting in {scope}: {title}" },
  "github.deployment.succeeded": { placedBy: ["live", "created"], category: "change", says: "{title} went live ({scope})" },
  "github.deployment.failed": { placedBy: ["failed", "created"], category: "change", says: "{title} failed ({scope})" },
  "github.deployment.started": { placedBy: ["created"], category: "change", says: "{title} begun ({scope})" },
} as const satisfies Record<string, KindRule>;

export type Kind = keyof typeof kinds;
