import type { Evidence, JsonValue } from "../contract/evidence.js";
import { isSecretMember } from "./context-rules.js";
import { maskBody } from "./mask-body.js";
import { mark, maskText } from "./mask-text.js";

/** Masks title, body, payload, refs and URL. Ids, times, kinds and accounts are names of things and stay. */
export function maskEvidence(evidence: Evidence): { readonly evidence: Evidence; readonly masked: number } {
  const title = maskText(evidence.title);
  const body = maskBody(evidence.body);
  const rest = maskDeep({ payload: evidence.payload, refs: evidence.refs, url: evidence.url });
  const masked = title.kinds.length + body.masked + rest.masked;
  if (masked === 0) return { evidence, masked };
  return { evidence: { ...evidence, title: title.text, body: body.body, ...rest.value }, masked };
}

/** Every string inside a value of JSON, by itself and by the name of the member it stands in. */
export function maskDeep<T>(value: T): { readonly value: T; readonly masked: number } {
  let masked = 0;
  const mask = (each: unknown, name: string): unknown => {
    if (typeof each === "string") {
      if (isSecretMember(name, each)) {
        masked++;
        return mark(/pass|pwd/i.test(name) ? "password" : "token");
      }
      const { text, kinds } = maskText(each);
      masked += kinds.length;
      return text;
    }
    if (Array.isArray(each)) return each.map((item) => mask(item, name));
    if (each === null || typeof each !== "object") return each;
    return Object.fromEntries(Object.entries(each as Record<string, JsonValue>).map(([key, member]) => [key, mask(member, key)]));
  };
  return { value: mask(value, "") as T, masked };
}
