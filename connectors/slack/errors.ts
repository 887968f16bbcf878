import { SourceError, type GapReason, type SourceAction } from "../../src/kit/errors.js";

/** Slack answered and said no. `code` is Slack's own word for it. */
export class SlackRefusal extends SourceError {
  constructor(
    message: string,
    readonly code: string,
    options: { action: SourceAction; reason: GapReason; id?: string; hint?: string; cause?: unknown },
  ) {
    super(message, { connector: "slack", ...options });
  }
}

interface Meaning {
  readonly action: SourceAction;
  readonly reason: GapReason;
  readonly id?: string;
  readonly hint?: string;
}

const TOKEN = "Check the token of the Slack app: it must belong to an installed app of this workspace and be valid.";
const ACCESS = "Ask an administrator of the workspace to allow the app to be used from here.";
const REFUSED: Meaning = { action: "stop", reason: "forbidden", id: "SLACK_TOKEN_REFUSED", hint: TOKEN };
const BLOCKED: Meaning = { action: "stop", reason: "forbidden", hint: ACCESS };
const NOT_ALLOWED: Meaning = { action: "skip", reason: "forbidden", hint: ACCESS };
const OUTAGE: Meaning = { action: "retry", reason: "unavailable", hint: "Build again later: what was read is kept." };
const LIMITED: Meaning = { action: "retry", reason: "rate limited", hint: "Build again later: what was read is kept." };

/** Source: "Errors" of each method's page, docs.slack.dev/reference/methods. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ...["invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "user_removed_from_team"].map(
    (code) => [code, REFUSED] as const,
  ),
  ...["org_login_required", "two_factor_setup_required", "team_access_not_granted", "accesslimited", "enterprise_is_restricted"].map(
    (code) => [code, BLOCKED] as const,
  ),
  ...["no_permission", "access_denied", "not_allowed_token_type", "ekm_access_denied", "restricted_action"].map(
    (code) => [code, NOT_ALLOWED] as const,
  ),
  ...["service_unavailable", "internal_error", "fatal_error", "request_timeout", "team_added_to_org"].map(
    (code) => [code, OUTAGE] as const,
  ),
  ...["ratelimited", "rate_limited"].map((code) => [code, LIMITED] as const),
  [
    "channel_not_found",
    { action: "skip", reason: "not found", hint: "Check the name or id; a private channel is seen only after the app was invited." },
  ],
  ["thread_not_found", { action: "skip", reason: "not found" }],
  ["not_in_channel", { action: "skip", reason: "not in channel", id: "SLACK_NOT_IN_CHANNEL", hint: "Invite the app to the channel." }],
]);

/** What an answer with `ok: false` asks of us. `needed` is the missing scope that it names. */
export function refusal(method: string, code: string, needed: string | null, cause: unknown): SlackRefusal {
  if (!/^[a-z][a-z0-9_.:-]{0,59}$/i.test(code)) {
    // The client puts the whole body where the code should be: it goes no further.
    return new SlackRefusal(`Slack's answer to ${method} was no JSON`, "malformed", { action: "retry", reason: "malformed" });
  }
  if (code === "missing_scope") return missingScope(method, needed, cause);
  const meaning = MEANINGS.get(code) ?? { action: "skip", reason: "unavailable" };
  return new SlackRefusal(`Slack answered ${method} with ${code}`, code, { ...meaning, cause });
}

function missingScope(method: string, needed: string | null, cause: unknown): SlackRefusal {
  const scope = needed !== null && /^[a-z:,._ -]{1,200}$/i.test(needed) ? needed : null;
  return new SlackRefusal(`The Slack app was not granted ${scope ?? "a scope"} for ${method}`, "missing_scope", {
    action: "skip",
    reason: "forbidden",
    id: "SLACK_MISSING_SCOPE",
    hint: `Add the scope ${scope ?? "that the connector's README names"} to the app (OAuth & Permissions), then install it again.`,
    cause,
  });
}
