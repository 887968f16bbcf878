import { safeUrl } from "./markdown.js";
import { visible } from "./text.js";

/**
 * The one escaping function for HTML: the text shows as it is, in elements and in quoted attributes. Controls and
 * direction overrides are written out.
 */
export function escapeHtml(text: string): string {
  return visible(text.toWellFormed()).replace(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Text of somebody else inside a sentence of ours: its direction stays its own. */
export function isolated(text: string): string {
  return `<bdi>${escapeHtml(text)}</bdi>`;
}

/** A link to another site that tells it nothing, or only its label when the URL is not one that a reader may be sent to. */
export function htmlLink(label: string, url: string): string {
  const safe = safeUrl(url);
  return safe === null ? isolated(label) : `<a href="${escapeHtml(safe)}" rel="noopener noreferrer">${isolated(label)}</a>`;
}
