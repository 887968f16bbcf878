import type { DiagnoseContext, Diagnosis } from "../../src/contract/connector.js";
import { call } from "./client.js";
import type { SlackConfig } from "./config.js";
import { AuthRecord } from "./records.js";

/** The same as in the README's table. */
const NEEDED: ReadonlyMap<string, string> = new Map([
  ["channels:read", "nothing can be read"],
  ["channels:history", "no message of a public channel can be read"],
  ["groups:read", "private channels cannot be found"],
  ["groups:history", "no message of a private channel can be read"],
  ["users:read", "nobody's name is known, so that roles cannot stand in its place"],
  ["users:read.email", "accounts are joined by the config alone"],
  ["usergroups:read", "a mention of a group shows its id"],
]);

/** Slack says with each answer which scopes the token has (`x-oauth-scopes`). Source: auth.test. */
export async function diagnose(context: DiagnoseContext<SlackConfig>): Promise<Diagnosis> {
  const answer = await call("auth.test", {}, context);
  const auth = AuthRecord.safeParse(answer);
  const granted = scopesOf(answer["response_metadata"]);
  return {
    who: auth.success && auth.data.user !== undefined ? `app user ${auth.data.user}` : null,
    granted,
    missing:
      granted === null ? [] : [...NEEDED].filter(([scope]) => !granted.includes(scope)).map(([scope, without]) => ({ scope, without })),
    notes: context.config.channels.length === 0 ? ["no channel is named: nothing would be read"] : [],
  };
}

function scopesOf(metadata: unknown): readonly string[] | null {
  const scopes: unknown = typeof metadata === "object" && metadata !== null && "scopes" in metadata ? metadata.scopes : null;
  return Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === "string").sort() : null;
}
