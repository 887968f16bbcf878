import type { FailureTable } from "./text.js";

/** What a source says no to. The first ids are ours for a vendor's refusal; those below are the reasons that gaps have in the ledger. */
export const SOURCE_FAILURES = {
  DATADOG_KEYS_REFUSED: {
    what: "Datadog does not know the API key, or it is a key of another site.",
    todo: "Set DD_API_KEY and DD_APP_KEY to keys of the site in `datadog.site`.",
  },
  DATADOG_MISSING_SCOPE: {
    what: "The application key may not read what was asked.",
    todo: "Give the application key the scopes timeseries_query and events_read; it must belong to the organisation of the API key.",
  },
  GITHUB_FORBIDDEN: {
    what: "GitHub knows the token and does not let it read this.",
    todo: "Give it read access to contents, pull requests, actions and deployments of the repository, and authorize it for single sign-on where that is used.",
  },
  GITHUB_NOT_FOUND: {
    what: "GitHub does not know the repository, or hides it from this token.",
    todo: "Check the spelling in `github.repos`, and that the token may read the repository.",
  },
  GITHUB_TOKEN_REFUSED: {
    what: "GitHub does not take the token: it is mistyped, expired or revoked.",
    todo: "Put a valid one into the variable that `github.token` names (GITHUB_TOKEN).",
  },
  NO_SOURCE_READ: {
    what: "Nothing at all could be read, so that nothing was written. The sources' own reasons are listed.",
    todo: "`timeline doctor` tells for each source what is missing.",
  },
  SLACK_MISSING_SCOPE: {
    what: "The Slack app was not granted a scope that this takes; the message names it.",
    todo: "Add it to the app under OAuth & Permissions, then install the app again: the token stays the same.",
  },
  SLACK_NOT_IN_CHANNEL: {
    what: "Slack shows a channel's messages to its members only, and the app is none.",
    todo: "Type /invite and the app's name in the channel, then build again.",
  },
  SLACK_TOKEN_REFUSED: {
    what: "Slack does not take the token: it is mistyped, revoked, or of an app that was removed.",
    todo: "Put the bot token of an installed app into SLACK_BOT_TOKEN; it begins with xoxb.",
  },
  EXPIRED: {
    what: "The vendor no longer keeps what was asked for: it lies before its retention, or the plan shows a part only.",
    todo: "Nothing brings it back here; say in the postmortem that it was not seen.",
  },
  FORBIDDEN: {
    what: "The source is reachable and does not let this token read the scope.",
    todo: "The gap says which permission is missing; `timeline doctor` lists them for each source.",
  },
  MALFORMED: {
    what: "A record or an answer was not as its documentation says, and was left out; its neighbours were read.",
    todo: "Look at the source itself; where the answer is right and we are wrong, report it with `timeline doctor`.",
  },
  NOT_ASKED: {
    what: "The scope was left out on purpose: it matches no name, is too old, or was narrowed away.",
    todo: "Name it exactly in the config to have it read.",
  },
  NOT_FOUND: {
    what: "The source does not know what the config names, or hides it from this token.",
    todo: "Check the spelling, and what the token may see.",
  },
  NOT_IN_CHANNEL: {
    what: "The channel is there, and the app is no member of it.",
    todo: "Invite the app to the channel, then build again.",
  },
  PURGED: {
    what: "The evidence was there and was deleted with `timeline purge`, as its rule says. It is not asked for again by itself.",
    todo: "Build with --refresh to ask the source again, if it still has it and your retention allows it.",
  },
  RATE_LIMITED: {
    what: "The source allowed no more calls for longer than a build waits.",
    todo: "Build again later: only what is missing is asked.",
  },
  TRUNCATED: {
    what: "The source ended its list early: there is more than it gives.",
    todo: "Ask for less at a time (fewer channels or repositories, a shorter window), then build again.",
  },
  UNAVAILABLE: {
    what: "The source did not answer, or answered with an error, more often than we try.",
    todo: "Look at the vendor's status page; build again later: only what is missing is asked.",
  },
} satisfies FailureTable;
