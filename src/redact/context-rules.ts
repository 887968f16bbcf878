import { likeBasic, likeFlagValue, likePassword, likeQuotedPassword, likeToken, likeTypedPassword } from "./plausible.js";
import type { Rule } from "./rule.js";

/** Names whose value is a password, and names whose value is one when it looks random. */
const PASSWORD = "(?:passw(?:or)?d|passphrase|passwort|passcode|(?<![A-Za-z])pass|pwd|(?<![A-Za-z])pw)";
const TOKEN =
  "(?:secret|token|credential|(?:api|app|application|access|account|auth|client|consumer|encryption|private|server|session|shared|signing|ssh|x)[ _-]?key)";
const SECRET_NAME = /passw(?:or)?d|passphrase|passwort|pwd|secret|token|credential|(?:api|app|access|auth|client|private|signing)[_-]?key/i;

const PASSWORD_GATES = ["passw", "passphrase", "passcode", "pass", "pwd", "pw"];
const TOKEN_GATES = ["secret", "token", "credential", "key"];
/** Behind a name: the rest of the word, a closing quote, and what assigns. */
const ASSIGNED = "[A-Za-z0-9_-]{0,24}(?:\\\\{0,3}[\"'`])?\\]?\\s{0,4}(?::=|=>|==?|:)\\s{0,4}";
const BARE = "(?<secret>[^\\s\"'`,;<>(){}|\\\\\\[]{3,200})";

/** Secrets that only what stands around them gives away. */
export const contextRules: readonly Rule[] = [
  rule(
    "aws secret key",
    ["secret"],
    "(?:aws[_-]?secret|secret[_-]?access[_-]?key)[A-Za-z_]{0,20}\\\\{0,3}[\"'`]?\\s{0,4}[:=]\\s{0,4}\\\\{0,3}[\"'`]?(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])",
  ),
  rule(
    "datadog key",
    ["dd", "datadog"],
    "(?:dd|datadog)[ _-]{0,3}(?:api|app|application)[ _-]{0,3}key\\\\{0,3}[\"'`]?\\s{0,4}(?:[:=]|is)?\\s{0,4}\\\\{0,3}[\"'`]?(?<secret>[a-f0-9]{40}|[a-f0-9]{32})(?![a-f0-9])",
  ),
  rule(
    "authorization header",
    ["authorization"],
    "authorization\\\\{0,3}[\"']?\\s{0,4}[:=]\\s{0,4}\\\\{0,3}[\"']?(?:(?:bearer|basic|token|apikey|splunk|digest|negotiate|key)[ \\t]{1,4}(?:token=)?)?\\\\{0,3}[\"']?(?<secret>[^\\s\"'`\\\\,;<>(){}$]{6,2000})",
    likeHeader,
  ),
  rule("bearer token", ["bearer"], "bearer[ \\t]{1,4}(?<secret>[A-Za-z0-9_.~+/=-]{16,2000})", likeToken),
  rule("basic credentials", ["basic"], "basic[ \\t]{1,4}(?<secret>[A-Za-z0-9+/]{12,400}={0,2})", likeBasic),
  rule(
    "session cookie",
    ["sid", "sess"],
    "(?:sid|sess|session|session[_-]?id|sessid|jsessionid|phpsessid)=(?<secret>[A-Za-z0-9%._-]{16,400})",
    likeToken,
  ),
  rule("password", ["://"], "[a-z][a-z0-9+.-]{1,20}://[^\\s:@/\"'<>]{0,100}:(?<secret>[^\\s@\"'<>]{1,200})(?=@[\\w[])", likeUrlPassword),
  rule(
    "password",
    ["-u", "--user", "--proxy-user"],
    "(?<![\\w-])(?:-u|--user|--proxy-user)[\\s=]{1,3}[\"']?[^\\s:\"'/]{1,64}:(?<secret>[^\\s\"'`]{3,200})",
    (secret) => (secret.startsWith("//") ? 0 : likeTrimmed(secret)),
  ),
  rule("password", ["--pass"], "--pass(?:word|wd)?(?:\\s{1,3}|=)[\"']?(?<secret>[^\\s\"'`]{3,200})", likeFlagValue),
  rule(
    "token",
    ["--token", "--secret", "--api", "--auth"],
    "--(?:token|secret|api-?key|auth-?token)(?:\\s{1,3}|=)[\"']?(?<secret>[^\\s\"'`]{8,400})",
    likeToken,
  ),
  ...['"', "'", "`"].flatMap((quote) => [
    rule(
      "password",
      PASSWORD_GATES,
      `${PASSWORD}${ASSIGNED}\\\\{0,3}${quote}(?<secret>[^${quote}\\\\\\r\\n]{4,200})(?=\\\\{0,3}${quote})`,
      likeQuotedPassword,
    ),
    rule("token", TOKEN_GATES, `${TOKEN}${ASSIGNED}\\\\{0,3}${quote}(?<secret>[^${quote}\\\\\\s]{8,400})(?=\\\\{0,3}${quote})`, likeToken),
  ]),
  rule("password", PASSWORD_GATES, `${PASSWORD}${ASSIGNED}${BARE}`, likePassword),
  rule("token", TOKEN_GATES, `${TOKEN}${ASSIGNED}${BARE}`, likeToken),
  rule(
    "password",
    PASSWORD_GATES,
    `${PASSWORD}(?:[ \\t]{1,2}for[ \\t]{1,2}\\S{1,40})?[ \\t]{1,2}(?:is|was|ist|to|now|->|→)[ \\t]{1,2}(?:now|still|set to|currently)?[ \\t]{0,2}["'\`“]?(?<secret>[^\\s"'\`”]{4,100})`,
    likeTypedPassword,
  ),
  rule("token", TOKEN_GATES, `${TOKEN}[ \\t]{1,2}(?:is|was|=)[ \\t]{1,2}["'\`“]?(?<secret>[^\\s"'\`”]{16,400})`, likeToken),
  rule("password", ["login"], "login:?[ \\t]{1,3}[\\w.@-]{2,40}[ \\t]{0,2}[/:][ \\t]{0,2}(?<secret>[^\\s\"'`]{6,60})", likeTypedPassword),
  rule(
    "password",
    ["cred"],
    "cred(?:s|entials):?[ \\t]{1,3}[\\w.@-]{2,40}[ \\t]{0,2}[/: ][ \\t]{0,2}(?<secret>[^\\s\"'`]{6,60})",
    likeTypedPassword,
  ),
];

/** A member of a record by its name alone: `{"password": ...}` once it has been parsed. */
export function isSecretMember(name: string, value: string): boolean {
  if (!SECRET_NAME.test(name)) return false;
  return /passw|passphrase|pwd/i.test(name) ? likeQuotedPassword(value) > 0 : likeToken(value) > 0;
}

function rule(kind: string, gates: readonly string[], source: string, keep?: Rule["keep"]): Rule {
  return { kind, gates, pattern: new RegExp(source, "gi"), ...(keep ? { keep } : {}) };
}

/** A header's value is a secret as it stands, but for words: "authorization: failed", "authorization: required". */
function likeHeader(secret: string): number {
  return likeToken(secret) || likeBasic(secret);
}

/** Not the port of a host, with an @ somewhere in the path. */
function likeUrlPassword(secret: string): number {
  if (/^\d{1,5}(?:\/|$)/.test(secret) || /^(?:[$<*{]|\[masked|x{3,}$|pass(?:word)?$|pw$)/i.test(secret)) return 0;
  return secret.length;
}

function likeTrimmed(secret: string): number {
  return /^[$<*{[]/.test(secret) ? 0 : secret.replace(/[.,;)]{1,5}$/, "").length;
}
