import { ATTACH_SCOPES, SCOPES } from "./scopes.js";

/** What Slack takes under "Create an app from a manifest"; it ships as `manifest.yaml` as well. */
export const MANIFEST = [
  "display_information:",
  "  name: Timeline",
  "features:",
  "  bot_user:",
  "    display_name: timeline",
  "oauth_config:",
  "  scopes:",
  "    bot:",
  ...[...SCOPES.keys()].map((scope) => `      - ${scope}`),
  "      # and for slack.attach:",
  ...[...ATTACH_SCOPES.keys()].map((scope) => `      # - ${scope}`),
  "settings:",
  "  org_deploy_enabled: false",
  "",
].join("\n");
