import type { Source } from "../../src/contract/connector.js";
import { SourceError } from "../../src/kit/errors.js";
import type { SlackConfig } from "./config.js";
import { accountsOf } from "./directory.js";

/**
 * Who is who: references alone, no evidence. The list is remembered, so there is no scope to collect.
 * Without `users:read` the timeline is built all the same: ids then join no accounts, and the ledger says so.
 */
export const accounts: Source<SlackConfig> = {
  id: "accounts",
  calls: "users.list",
  categories: [],
  async plan(context) {
    try {
      return { scopes: [], references: [...(await accountsOf(context)).values()] };
    } catch (error) {
      if (!(error instanceof SourceError) || error.action === "stop") throw error;
      const { reason, message: detail, hint = null } = error;
      return { scopes: [], gaps: [{ source: "accounts", scope: "users", span: null, reason, count: null, detail, hint }] };
    }
  },
  // oxlint-disable-next-line require-yield
  async *collect() {},
};
