/**
 * What a connector is written with: `import { defineConnector } from "incident-timeline/connector"`. The shapes and their
 * promises are in the docstrings of each; `connectors/README.md` tells in which order to read them.
 */
export { defineConnector } from "./contract/connector.js";
export type {
  Connector,
  ConnectorConfig,
  DiagnoseContext,
  Diagnosis,
  Identity,
  KindRule,
  RecallOptions,
  ScopePlan,
  Source,
  SourceContext,
  SourcePlan,
  WantedSpan,
} from "./contract/connector.js";
export type { AccountRef, Evidence, JsonObject, JsonValue, ObservedTime, Ref, RefType, Signals, Visibility } from "./contract/evidence.js";
export type { Notice, NoticeContext, NoticedIncident } from "./contract/notice.js";
export type { Covered, DiscoveredScope, Gap, Page, Reference, SeriesChunk } from "./contract/page.js";
export type { Block, Inline, RichText, TextStyle } from "./contract/rich-text.js";
export { Secret, secret, type SecretRef } from "./contract/secret.js";
export type { Selectable, Selection } from "./contract/selection.js";
export type { Offer, Setup } from "./contract/setup.js";
export { CATEGORIES, type Category, type Window } from "./contract/window.js";

export { formatDuration, parseDuration, type DurationMicros } from "./kit/duration.js";
export { GAP_REASONS, SourceError, type GapReason, type SourceAction, type SourceErrorOptions } from "./kit/errors.js";
export { fitsAny, isGlob, matchesGlob } from "./kit/glob.js";
export {
  fromIso,
  fromUnixMillis,
  fromUnixSeconds,
  isoPrecisionMicros,
  isWithin,
  MICROS_PER_DAY,
  MICROS_PER_HOUR,
  MICROS_PER_MINUTE,
  MICROS_PER_SECOND,
  overlaps,
  toIso,
  type EpochMicros,
  type Span,
} from "./kit/instant.js";
export { isBlank, paragraph, plain } from "./kit/rich-text.js";
export { compareText, oneLine, shorten } from "./kit/text.js";
export { retryAfterMs } from "./kit/wire/retry-after.js";
export type { VendorPolicy, Verdict, WireAnswer, WireFetch, WireRequest } from "./kit/wire/types.js";
export { wireErrorOf } from "./kit/wire/wire-error-of.js";

export { checkConnector, type ConnectorScenario } from "./contract/testing/check-connector.js";
export { windowOf } from "./contract/testing/collect-scenario.js";
export type { Exchange } from "./contract/testing/replay.js";

/** The zod that the config is checked with: schemas of another copy do not fit. */
export { z } from "zod";
