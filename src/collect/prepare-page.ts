import type { KindRule } from "../contract/connector.js";
import type { Evidence, ObservedTime } from "../contract/evidence.js";
import type { Covered, DiscoveredScope, Gap, Page, Reference, SeriesChunk } from "../contract/page.js";
import type { CommittedPage, HashedEvidence } from "../contract/store.js";
import { canonicalJson, sha256 } from "../kit/hash.js";
import { isPlaceable, type EpochMicros, type Span } from "../kit/instant.js";
import { oneLine, shorten, wellFormedDeep } from "../kit/text.js";
import { maskDeep, maskEvidence, maskText, MASK_VERSION } from "../redact/index.js";
import { capItem } from "./cap-item.js";

/** Where and for which span a page was read, and what its kinds may be. */
export interface ReadFrom {
  readonly source: string;
  readonly scope: string;
  readonly span: Span | null;
  readonly kinds: Readonly<Record<string, KindRule>>;
  readonly now: EpochMicros;
}

type Prepared = Omit<CommittedPage, "owner" | "at" | "readIn">;

/**
 * A page as it may be stored: text well-formed, secrets masked, items of a bounded size, each id once, hashed over what
 * is stored. Pure. Records outside the asked span stay: they are true, and whoever reads the store cuts to its own spans.
 */
export function preparePage(page: Page, from: ReadFrom): Prepared {
  const gaps = new GapCounter(from);
  const evidence = new Map<string, HashedEvidence>();
  for (const each of page.evidence ?? []) {
    const prepared = prepareEvidence(each, from, gaps);
    if (prepared) evidence.set(prepared.evidence.id, prepared);
  }
  return {
    evidence: [...evidence.values()],
    series: (page.series ?? []).map(prepareSeries),
    references: (page.references ?? []).map((each): Reference => wellFormedDeep(each)),
    discovered: (page.discovered ?? []).map((each): DiscoveredScope => maskDeep(wellFormedDeep(each)).value),
    gaps: [...(page.gaps ?? []).map(prepareGap), ...gaps.list()],
    covered: (page.covered ?? []).flatMap((each) => upToNow(each, from.now)),
  };
}

export function prepareGap(gap: Gap): Gap {
  const detail = maskText(shorten(oneLine(wellFormedDeep(gap.detail)), 400)).text;
  return { ...wellFormedDeep(gap), detail };
}

/** The order matters: masking before cutting, or a cut could hide half a secret; hashing last, over what is stored. */
function prepareEvidence(raw: Evidence, from: ReadFrom, gaps: GapCounter): HashedEvidence | null {
  if (!Object.hasOwn(from.kinds, raw.kind)) {
    gaps.add("Records of a kind that the connector does not declare");
    return null;
  }
  const clean = wellFormedDeep(raw);
  const evidence = capItem(maskEvidence({ ...clean, url: webUrl(clean.url), times: placeableTimes(clean, gaps) }).evidence);
  return {
    evidence,
    hash: sha256(canonicalJson(evidence)),
    maskVersion: MASK_VERSION,
    placedAt: placingTime(evidence, from.kinds[raw.kind]!),
  };
}

/** By the order of the kind's meanings; a later one stands in where the first is not known. */
function placingTime({ times }: Evidence, { placedBy }: KindRule): EpochMicros | null {
  for (const meaning of placedBy) {
    const at = times.find((time) => time.meaning === meaning && time.at !== null)?.at;
    if (at !== undefined && at !== null) return at;
  }
  return null;
}

function placeableTimes(evidence: Evidence, gaps: GapCounter): readonly ObservedTime[] {
  const times = evidence.times.map((time) => (time.at === null || isPlaceable(time.at) ? time : { ...time, at: null }));
  const unplaced = evidence.times.filter(({ at }) => at !== null && !isPlaceable(at));
  if (unplaced.length > 0 || times.every(({ at }) => at === null)) {
    const text = (unplaced[0] ?? times[0])?.sourceText ?? "";
    gaps.add(`Records with a time that cannot be placed: ${text === "" ? "none given" : `"${shorten(oneLine(text), 40)}"`}`);
  }
  return times;
}

function prepareSeries(chunk: SeriesChunk): SeriesChunk {
  const { query, url } = maskDeep({ query: chunk.query, url: webUrl(chunk.url) }).value;
  return { ...chunk, query, url };
}

/** Only what a reader may be sent to. */
function webUrl(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  return ["http:", "https:"].includes(new URL(url).protocol) ? url : null;
}

/** Nothing after now is known, whatever the source answers. */
function upToNow(covered: Covered, now: EpochMicros): Covered[] {
  const span = { from: covered.span.from, until: Math.min(covered.span.until, now) };
  return span.from < span.until ? [{ ...covered, span }] : [];
}

class GapCounter {
  readonly #counts = new Map<string, number>();
  constructor(readonly from: ReadFrom) {}
  add(detail: string): void {
    this.#counts.set(detail, (this.#counts.get(detail) ?? 0) + 1);
  }
  list(): Gap[] {
    const { source, scope, span } = this.from;
    return [...this.#counts].map(([detail, count]) => ({ source, scope, span, reason: "malformed", count, detail, hint: null }));
  }
}
