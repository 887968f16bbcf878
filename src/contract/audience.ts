import type { Visibility } from "./evidence.js";

/** For whom a file is made. What is for the public is computed from public evidence, and never filtered afterwards. */
export const AUDIENCES = ["internal", "public"] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Members of these scopes of one connector: beside what is public they may see what is private to them. */
export interface Members {
  readonly connector: string;
  readonly scopes: readonly string[];
}

/** Whom a draft is made for: of what they may not see it is as if it had never been collected. */
export type DraftAudience = Audience | Members;

/** Where something was read, and who may read it there. */
export interface Seen {
  readonly connector: string;
  readonly scope: string;
  readonly visibility: Visibility;
}

export function maySee(audience: DraftAudience, { connector, scope, visibility }: Seen): boolean {
  if (visibility === "public" || audience === "internal") return true;
  return audience !== "public" && audience.connector === connector && audience.scopes.some((each) => isWithinScope(scope, each));
}

/** A thread is a scope of its own, and its key begins with that of its channel. */
export function isWithinScope(scope: string, of: string): boolean {
  return scope === of || (scope.startsWith(of) && ":/#|@".includes(scope[of.length]!));
}
