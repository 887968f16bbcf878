/** Every scope that is asked for, and what goes without it: the README, the manifest and `doctor` say the same. */
export const SCOPES: ReadonlyMap<string, string> = new Map([
  ["channels:read", "nothing can be read"],
  ["channels:history", "no message of a public channel can be read"],
  ["groups:read", "private channels cannot be found"],
  ["groups:history", "no message of a private channel can be read"],
  ["users:read", "nobody's name is known, so that roles cannot stand in its place"],
  ["users:read.email", "accounts are joined by the config alone"],
  ["usergroups:read", "a mention of a group shows its id"],
]);

/** What `slack.attach` needs beside them: it is asked for only where something is attached. */
export const ATTACH_SCOPES: ReadonlyMap<string, string> = new Map([
  ["chat:write", "no summary can be posted"],
  ["files:write", "the timeline cannot be put into its thread"],
]);
