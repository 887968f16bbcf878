import type { Identity } from "../../src/contract/connector.js";
import { SourceError } from "../../src/kit/errors.js";
import { call, type Reach } from "./client.js";
import { AuthRecord } from "./records.js";

/**
 * Whose workspace the token is for, and how the app is called there. An installation for a whole enterprise is one
 * tenant. Source: auth.test. @throws {SourceError}
 */
export async function identify(reach: Reach): Promise<Identity> {
  const parsed = AuthRecord.safeParse(await call("auth.test", {}, reach));
  const auth = parsed.success ? parsed.data : null;
  const tenant = auth?.is_enterprise_install === true ? (auth.enterprise_id ?? auth.team_id) : auth?.team_id;
  if (!auth || tenant === undefined) {
    throw new SourceError("Slack's answer to auth.test names no workspace", { connector: "slack", action: "stop", reason: "malformed" });
  }
  return {
    tenant,
    data: {
      url: workspaceUrl(auth.url),
      botName: auth.user ?? "",
      botUserId: auth.user_id ?? "",
      actsAs: auth.bot_id === undefined ? "user" : "bot",
    },
  };
}

/** With a slash at the end; empty when it is none that a reader may be sent to. */
function workspaceUrl(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return "";
  return url.endsWith("/") ? url : `${url}/`;
}
