/** Stands where a secret would, and is none: variables, types, words of programming languages, what was masked before. */
const PLACEHOLDER =
  /^(?:[$<*&]|\{\{|%[A-Za-z({]|\[(?:masked|redacted)|#\{|@\/|redacted|hidden|null\b|none\b|nil\b|undefined\b|true\b|false\b|process\.env|os\.|env[.(]|secrets?[./]|vault:|arn:|file:|https?:|ref\+|your[-_]|my[-_])/i;

const NOT_ITSELF = /password|passwd|secret|token|invalid|example|wrong|dummy|placeholder|changed|required|optional/i;

/** Behind the name of a password: anything that is no word of prose, name of a type or piece of code. */
export function likePassword(text: string, next = ""): number {
  const secret = trimmed(text);
  if (secret.length < 4 || PLACEHOLDER.test(secret) || next === "(" || next === "[") return 0;
  const unlikeWords = /\d/.test(secret) || /[!#$%^&*@+=~?]/.test(secret);
  return unlikeWords && !/^[\d.,:-]{1,20}$/.test(secret) && !isPath(secret) ? secret.length : 0;
}

/** Behind `--password`: what is no plain word, since the flag itself is also talked about. */
export function likeFlagValue(text: string): number {
  const secret = trimmed(text);
  if (secret.startsWith("-") || PLACEHOLDER.test(secret) || NOT_ITSELF.test(secret) || isPath(secret)) return 0;
  return /[\d_!#$%^&*@+=~?-]|[a-z][A-Z]/.test(secret) ? secret.length : 0;
}

/** In quotes letters alone are enough, unless they read as words. */
export function likeQuotedPassword(text: string): number {
  if (text.length < 4 || PLACEHOLDER.test(text) || NOT_ITSELF.test(text) || isPath(text)) return 0;
  return /\s/.test(text) && !/\d/.test(text) ? 0 : text.length;
}

/** Behind the name of a token or key: letters and digits, and long enough not to be a word or a number. */
export function likeToken(text: string, next = ""): number {
  const secret = trimmed(text);
  if (secret.length < 8 || PLACEHOLDER.test(secret) || next === "(" || next === "[") return 0;
  if (isPath(secret) || /\s/.test(secret) || /^\d{4}-\d\d-\d\d/.test(secret)) return 0;
  if (/^(?:[a-z]{24,}|[A-Z]{24,})$/.test(secret)) return secret.length;
  return /\d/.test(secret) && /[A-Za-z]/.test(secret) && !/^v?\d+(?:\.\d+)+/.test(secret) ? secret.length : 0;
}

/** Where only the words around it tell: a mixture that nobody writes otherwise. */
export function likeTypedPassword(text: string): number {
  const secret = trimmed(text);
  if (secret.length < 6 || PLACEHOLDER.test(secret) || /[/:]|^\d/.test(secret)) return 0;
  return /[A-Za-z]/.test(secret) && /\d|[!#$%^&*@+=~]/.test(secret) ? secret.length : 0;
}

/** Base64 of `name:password`. */
export function likeBasic(text: string): number {
  const decoded = Buffer.from(text, "base64").toString("latin1");
  return /^[\x20-\x7e]+$/.test(decoded) && decoded.includes(":") ? text.length : 0;
}

/** The next member of a query string and the end of a sentence are no part of it. */
function trimmed(text: string): string {
  const query = /&[A-Za-z_]{2,30}=/.exec(text);
  const value = query ? text.slice(0, query.index) : text;
  let end = value.length;
  while (end > 0 && ".,;:?)]}>*".includes(value[end - 1]!)) end--;
  return value.slice(0, end);
}

function isPath(text: string): boolean {
  return /^(?:\.{0,2}\/)[\w.-]{1,60}\/[\w./-]{1,200}$/.test(text);
}
