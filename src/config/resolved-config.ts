import { parseDuration, type DurationMicros } from "../kit/duration.js";
import { canonicalJson, sha256 } from "../kit/hash.js";
import { Secret } from "../contract/secret.js";
import type { Selection } from "../contract/selection.js";
import type { WrittenConfig } from "./config-schema.js";
import { watchConfig, type WatchConfig } from "./watch-schema.js";
import { retentionConfig, type RetentionConfig } from "./retention-schema.js";

/** What we run on: frozen, durations in microseconds, paths absolute, secrets found. */
export interface ResolvedConfig {
  readonly path: string;
  readonly folder: string;
  readonly store: string;
  /** Of the Markdown: as it is written, and where it stands if it is a file. */
  readonly template: { readonly written: string; readonly path: string };
  /** Headings of the owner's file whose text may go into the public summary. */
  readonly publicSections: readonly string[];
  /** IANA name. */
  readonly timezone: string;
  readonly leadIn: { readonly changes: DurationMicros; readonly conversation: DurationMicros; readonly metrics: DurationMicros };
  readonly leadOut: DurationMicros;
  readonly recheckFor: DurationMicros;
  readonly changeLookBack: DurationMicros;
  /** Accounts that are one person: connector id to account id. */
  readonly people: readonly Readonly<Record<string, string>>[];
  /** What each service names. */
  readonly services: ReadonlyMap<string, Selection>;
  /** How `timeline watch` goes about it. */
  readonly watch: WatchConfig;
  /** How long `timeline purge` keeps evidence. */
  readonly retention: RetentionConfig;
  /** By connector, in the order of the connectors. A source that has no section is not used. */
  readonly sections: ReadonlyMap<string, unknown>;
  /** sha-256 over what changes a draft: neither secrets nor paths. */
  readonly fingerprint: string;
}

export function resolved(parts: {
  readonly path: string;
  readonly folder: string;
  readonly store: string;
  readonly template: ResolvedConfig["template"];
  readonly written: WrittenConfig;
  readonly sections: ReadonlyMap<string, unknown>;
}): ResolvedConfig {
  const { path, folder, store, template, written, sections } = parts;
  const { timezone, leadIn } = written;
  const drafted = {
    timezone,
    leadIn: Object.freeze({ changes: micros(leadIn.changes), conversation: micros(leadIn.conversation), metrics: micros(leadIn.metrics) }),
    leadOut: micros(written.leadOut),
    recheckFor: micros(written.recheckFor),
    changeLookBack: micros(written.changeLookBack),
    people: Object.freeze(written.people.map((person) => Object.freeze({ ...person }))),
  };
  const services = new Map(Object.entries(written.services));
  const fingerprint = sha256(
    canonicalJson({
      ...drafted,
      ...(services.size === 0 ? {} : { services: written.services }),
      sections: [...sections].map(([id, section]) => [id, withoutSecrets(section)]),
    }),
  );
  return Object.freeze({
    path,
    folder,
    store,
    template: Object.freeze(template),
    publicSections: Object.freeze([...written.public.sections]),
    ...drafted,
    services,
    watch: watchConfig(written.watch),
    retention: retentionConfig(written.retention),
    sections,
    fingerprint,
  });
}

/** Checked before: the schema lets nothing else through. */
function micros(text: string): DurationMicros {
  const value = parseDuration(text);
  if (value === null) throw new Error(`not a duration: ${text}`);
  return value;
}

function withoutSecrets(value: unknown): unknown {
  if (value instanceof Secret) return null;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutSecrets(member)]));
}
