const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const TIME = "(\\d\\d):(\\d\\d):(\\d\\d)";
/** `Sun, 06 Nov 1994 08:49:37 GMT` */
const IMF_FIXDATE = new RegExp(`^[A-Z][a-z]{2}, (\\d\\d) ([A-Z][a-z]{2}) (\\d{4}) ${TIME} GMT$`);
/** `Sunday, 06-Nov-94 08:49:37 GMT` */
const RFC_850 = new RegExp(`^[A-Z][a-z]{5,8}, (\\d\\d)-([A-Z][a-z]{2})-(\\d\\d) ${TIME} GMT$`);
/** `Sun Nov  6 08:49:37 1994` */
const ASCTIME = new RegExp(`^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \\d]\\d) ${TIME} (\\d{4})$`);

/**
 * The least wait that a `Retry-After` asks for, in milliseconds: whole seconds, or a date read against `nowMs`, the
 * server's clock. A date in the past is 0. null: absent or unreadable.
 * Reference: RFC 9110, sections 10.2.3 and 5.6.7.
 */
export function retryAfterMs(value: string | null, nowMs: number): number | null {
  const text = value?.trim() ?? "";
  if (/^\d{1,15}$/.test(text)) return Number(text) * 1000;
  const date = httpDateMs(text, nowMs);
  return date === null ? null : Math.max(0, date - nowMs);
}

/** The three forms of an HTTP date as milliseconds since the epoch; else null. `nowMs` settles two-digit years. */
export function httpDateMs(text: string, nowMs: number): number | null {
  const imf = IMF_FIXDATE.exec(text);
  if (imf) return instant(imf[3]!, imf[2]!, imf[1]!, imf.slice(4));
  const asctime = ASCTIME.exec(text);
  if (asctime) return instant(asctime[6]!, asctime[1]!, asctime[2]!, asctime.slice(3, 6));
  const rfc850 = RFC_850.exec(text);
  if (rfc850) return instant(fullYear(Number(rfc850[3]), nowMs), rfc850[2]!, rfc850[1]!, rfc850.slice(4));
  return null;
}

/** A year that seems more than 50 years ahead is the last one with these digits (RFC 9110, section 5.6.7). */
function fullYear(twoDigits: number, nowMs: number): number {
  const current = new Date(nowMs).getUTCFullYear();
  const year = current - (current % 100) + twoDigits;
  return year > current + 50 ? year - 100 : year;
}

function instant(year: string | number, monthName: string, day: string, time: readonly string[]): number | null {
  const month = MONTHS.indexOf(monthName);
  const [hour, minute, second] = time.map(Number) as [number, number, number];
  if (month < 0 || hour > 23 || minute > 59 || second > 60) return null;
  const midnight = Date.UTC(Number(year), month, Number(day));
  if (new Date(midnight).getUTCDate() !== Number(day)) return null;
  return midnight + ((hour * 60 + minute) * 60 + second) * 1000;
}
