import type { FailureTable } from "./text.js";

/** Arguments, times, the config and what they name. */
export const USAGE_FAILURES = {
  ARGUMENT_EXCESS: {
    what: "There are more arguments than the command takes.",
    todo: "Put a text with spaces in quotes; `timeline help COMMAND` shows what it takes.",
  },
  ARGUMENT_MISSING: {
    what: "The command needs an argument or a value that was not given.",
    todo: "The message names it; `timeline help COMMAND` shows what the command takes.",
  },
  BRIEF_NOT_STORED: {
    what: "`timeline brief` is for a terminal, and was to go into a file or a pipe: it tells of people, and is kept nowhere.",
    todo: "Run it on a terminal, without --out; `timeline export` writes what may be kept.",
  },
  COMMAND_UNKNOWN: {
    what: "There is no command of this name.",
    todo: "The message names the nearest one; `timeline --help` lists them all.",
  },
  CONFIG_DUPLICATE_KEY: {
    what: "A key stands twice in one object of the config, so that one of its values would be lost.",
    todo: "Keep the one that is meant.",
  },
  CONFIG_EXISTS: {
    what: "`timeline init` found a timeline.config.json, and replaces nothing.",
    todo: "Edit that file, or move it away and run init again.",
  },
  CONFIG_HOST: {
    what: "A URL of the config leads to a host that may not be given a token: not https, not the vendor's, or written to look like another.",
    todo: "Correct the URL; a host of your own counts in a config that is named by --config or TIMELINE_CONFIG.",
  },
  CONFIG_INVALID: {
    what: "The config was read, and parts of it cannot be used: unknown keys, wrong values, missing tokens, hosts that are not trusted.",
    todo: "Each problem is listed with its line and column; `timeline config check` shows them again without asking any source.",
  },
  CONFIG_NOT_FOUND: {
    what: "No timeline.config.json lies in this folder or above it, and none was named.",
    todo: "Run `timeline init`, or name one with --config or TIMELINE_CONFIG.",
  },
  CONFIG_NO_SOURCE: {
    what: "The config has no section for any source, so that there is nothing to read.",
    todo: "Add a section such as slack, github or datadog; `timeline init` writes one.",
  },
  CONFIG_PATH: {
    what: "The store or the template lies outside the folder of a config that was merely found.",
    todo: "Choose a path inside it, or name the config by --config or TIMELINE_CONFIG.",
  },
  CONFIG_PLACEHOLDER: {
    what: "A value of the config holds ${...}, which nothing replaces.",
    todo: 'For a secret write { "env": "NAME" }; for anything else the value itself.',
  },
  CONFIG_SECRET_IN_FILE: {
    what: "The config holds what is a credential, or looks like one. Configs are shared; tokens must not be.",
    todo: 'Put it into the environment, write { "env": "NAME" }, and revoke it if the file was shared.',
  },
  CONFIG_SECRET_MISSING: {
    what: "A section needs a secret, and the place that the config names for it holds none.",
    todo: "Set the variable, correct the file or command, or leave the section out.",
  },
  CONFIG_SECRET_UNTRUSTED: {
    what: "A config that was merely found takes a secret from a file or a command.",
    todo: 'Use { "env": "NAME" }, or name the config by --config or TIMELINE_CONFIG if you trust it.',
  },
  CONFIG_SERVICE: {
    what: "A service of the config names something that no section can read.",
    todo: "Correct the name, or add what it means to the section; a repository is owner/name.",
  },
  CONFIG_SYNTAX: {
    what: "The config is no JSON.",
    todo: "The place of the first mistake is given. JSON has no comments, and no comma after the last member.",
  },
  CONFIG_UNKNOWN_KEY: {
    what: "The config has a key that does not exist; a mistyped key would be ignored in silence otherwise.",
    todo: "The nearest key is suggested; config.example.json shows every key.",
  },
  CONFIG_UNREADABLE: {
    what: "The config is no ordinary UTF-8 file that this user may read, or others can write it and nobody named it.",
    todo: "Correct the file or its permissions, or name it with --config if you trust it.",
  },
  CONFIG_VALUE: {
    what: "A value of the config is not of the kind that its key takes.",
    todo: "The message says what is expected and what stands there.",
  },
  ENTRY_UNKNOWN: {
    what: "The incident has no entry and no evidence of this id.",
    todo: "`timeline show --all` prints the id of each entry in brackets; the exports have the ids of evidence.",
  },
  FLAG_INVALID: {
    what: "A flag has a value that it does not take.",
    todo: "The message says what is expected; `timeline help COMMAND` lists the flags.",
  },
  FLAG_UNKNOWN: {
    what: "The command has no such flag.",
    todo: "The message names the nearest one; `timeline help COMMAND` lists them all.",
  },
  HOLD_UNKNOWN: {
    what: "`timeline hold --release` names an incident that is not held.",
    todo: "`timeline hold` lists what is held, since when and why.",
  },
  INCIDENT_AMBIGUOUS: {
    what: "The store holds several incidents, and not exactly one of them is open.",
    todo: "Name one with --incident; `timeline list` shows them.",
  },
  INCIDENT_FILE_INVALID: {
    what: "The JSON file that --incident names does not describe an incident.",
    todo: "Each problem is listed with its line and column; schema/incident.schema.json says what the file may hold.",
  },
  INCIDENT_HELD: {
    what: "The incident is under a legal hold, so that neither it nor its evidence is purged.",
    todo: "Read the reason that the message shows; release it with `timeline hold ID --release` where that is decided.",
  },
  INCIDENT_LINK: {
    what: "The link that --incident names leads to nothing that a source of the config can read as an incident.",
    todo: "Give a link to a Slack channel or message of the token's workspace, or to a GitHub issue; or --start and --title.",
  },
  INCIDENT_OLD: {
    what: "The incident was last built by a version that did not keep what a build had asked for.",
    todo: "Build it once more.",
  },
  INCIDENT_UNKNOWN: {
    what: "The store holds no incident of this id.",
    todo: "`timeline list` shows those it holds; ids are exact.",
  },
  INIT_NO_SOURCE: {
    what: "`timeline init` was told of no source, and found no token that would tell of one.",
    todo: "Give --channel, --repo or --metric, or set the vendor's usual variable.",
  },
  NAMES_NOT_PRINTED: {
    what: "`timeline who` prints names of people, and its output is no terminal.",
    todo: "Run it on a terminal, or give --print-names if the names may go where the output goes.",
  },
  NOTE_EMPTY: { what: "`timeline note` was given no text.", todo: "Write what happened behind it; it needs no quotes." },
  NOTE_LONG: {
    what: "The text of a note is longer than a note may be.",
    todo: "Put it into the timeline's file, and note where it stands.",
  },
  NOTE_UNKNOWN: {
    what: "The incident has no note of this id, or it was withdrawn before.",
    todo: "`timeline show --kind owner.note` prints the id of each note in brackets.",
  },
  ROLE_UNKNOWN: {
    what: "Nobody on the timeline has this role.",
    todo: "`timeline who` lists everybody; the drafts show the roles.",
  },
  SERVICE_UNKNOWN: {
    what: "The config describes no service of this name.",
    todo: '`timeline config check` lists the services; they stand under "services" in the config.',
  },
  TEMPLATE_INVALID: {
    what: "The template of the Markdown cannot be read, or has slots that do not exist, stand twice, or stand beside other text.",
    todo: "Each problem is listed with its line; the README lists the slots. `timeline config check` judges the template of the config.",
  },
  TIME_INVALID: {
    what: "A time cannot be read without guessing, or the times contradict each other.",
    todo: "Write ISO 8601 with Z or an offset (2026-03-04T11:20:00Z), or a time ago (-3h), or give --tz.",
  },
  USAGE: {
    what: "The arguments cannot be used as they are.",
    todo: "The message says what is expected; `timeline --help` shows what there is.",
  },
  PORT_TAKEN: {
    what: "The port on loopback that `watch.port` names cannot be opened: another program has it, or it needs more rights.",
    todo: "Give watch.port another number, 0 for any that is free, or null to listen to nothing.",
  },
  VERIFY_NO_HASHES: {
    what: "`timeline verify` was given a file that says nothing of the evidence it was made of.",
    todo: "Name a JSON, Markdown, CSV, JSONL or HTML file that a build or an export wrote; Markdown needs the closing mark at its end.",
  },
  WATCH_NOTHING: {
    what: "`timeline watch` has nothing to watch: no section of the config says where incidents are told of.",
    todo: 'Give a section "notice" (slack, github, datadog), the folder section "incidents", or the webhook section "receive" together with watch.port.',
  },
} satisfies FailureTable;
