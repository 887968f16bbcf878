import { nameFor, nameless, type Naming, type Visible } from "./attach/index.js";
import type { DraftAudience } from "./contract/audience.js";
import type { AttachedFile, Readers } from "./contract/destination.js";
import type { ExportInput, Format } from "./contract/export.js";
import type { NoticeReport } from "./contract/notice.js";
import { chartSeries } from "./detect/index.js";
import { draftFromStore, leftOutFor, type DraftFromStore, type DraftPorts } from "./draft-from-store.js";
import { exporters } from "./export/index.js";
import { publicFile } from "./export/public-summary.js";
import { exportText, withOwnersWords } from "./export-files.js";
import { NO_FILE } from "./merge/index.js";
import type { Remembered } from "./remembered-basis.js";
import { publicText } from "./write-public-summary.js";

/** What a group of readers gets of an incident: computed once for all places that they read. */
export interface Content {
  readonly visible: Visible;
  /** @throws {UnsafeWriteError} when the owner's file cannot be read as one. */
  readonly files: (formats: readonly Format[]) => Promise<readonly AttachedFile[]>;
}

export interface ContentSource {
  readonly remembered: Remembered;
  readonly reports: readonly NoticeReport[];
  readonly timezone: string;
  /** Headings of the owner's file whose text may go out. */
  readonly publicSections: readonly string[];
  readonly ports: DraftPorts;
}

const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  md: "text/markdown",
  json: "application/json",
  csv: "text/csv",
  jsonl: "application/x-ndjson",
  html: "text/html",
};

/** Makes the content for readers of one connector's places; the same readers get the same one. */
export function contentMaker(source: ContentSource): (readers: Readers, connector: string) => Promise<Content> {
  const made = new Map<string, Promise<Content>>();
  let internal: Promise<DraftFromStore> | null = null;
  const whole = () => (internal ??= draftFromStore(source.remembered.basis, source.ports));
  return (readers, connector) => {
    const key = JSON.stringify(readers.who === "members" ? [connector, readers.scopes] : readers.who);
    const content = made.get(key) ?? contentFor(readers, connector, source, whole);
    made.set(key, content);
    return content;
  };
}

async function contentFor(
  readers: Readers,
  connector: string,
  source: ContentSource,
  whole: () => Promise<DraftFromStore>,
): Promise<Content> {
  if (readers.who === "everyone") return forEveryone(source, whole);
  const audience: DraftAudience = readers.who === "members" ? { connector, scopes: readers.scopes } : "public";
  const naming = nameFor(audience, source.remembered.basis.incident, source.reports);
  const basis = { ...source.remembered.basis, incident: naming.incident, audience };
  if (naming.isOwn) {
    const { records, scopes } = await leftOutFor(audience, basis, source.ports);
    if (records === 0 && scopes === 0) return ownersContent(source, await whole());
  }
  return reducedContent(naming, source, await draftFromStore(basis, source.ports));
}

/** They may see all of it: what they get is what the owner made of it. */
function ownersContent(source: ContentSource, made: DraftFromStore): Content {
  const { file } = source.remembered;
  const input = inputOf(made, source);
  const draft = file.text === null ? made.draft : withOwnersWords(input, file.text).draft;
  const { id, title } = draft.incident;
  return {
    visible: { draft, roles: made.roles, incident: id, title, leftOut: made.leftOut, isSanitized: false },
    files: (formats) =>
      Promise.resolve(
        chosen(formats).map((exporter) =>
          fileOf(id, exporter, exporter.format === "md" && file.text !== null ? file.text : exportText(input, exporter, file)),
        ),
      ),
  };
}

/** Without the owner's words, which may tell of what is left out. */
function reducedContent({ isTold }: Naming, source: ContentSource, made: DraftFromStore): Content {
  const whole = inputOf(made, source);
  // Pictures beside the file do not travel with it.
  const input: ExportInput = { ...whole, style: { ...whole.style, charts: "inline" } };
  const { draft, roles, leftOut } = made;
  const { id, title } = draft.incident;
  return {
    visible: { draft, roles, incident: id, title: isTold ? title : null, leftOut, isSanitized: false },
    files: (formats) => Promise.resolve(chosen(formats).map((exporter) => fileOf(id, exporter, exportText(input, exporter, NO_FILE)))),
  };
}

/** People outside: the sanitised summary, whatever format is asked for. */
async function forEveryone(source: ContentSource, whole: () => Promise<DraftFromStore>): Promise<Content> {
  const { basis, file } = source.remembered;
  const incident = nameless(basis.incident);
  const { draft } = await draftFromStore({ ...basis, incident, audience: "public" }, source.ports);
  const internal = inputOf(await whole(), source);
  const leftOut = { records: internal.draft.evidence.length, scopes: internal.draft.coverage.length };
  const request = { basis, internal, file: file.text, sections: source.publicSections };
  return {
    visible: { draft, roles: {}, incident: incident.id, title: null, leftOut, isSanitized: true },
    files: async () => [fileOf(incident.id, { ...publicFile, format: "md" }, (await publicText(request, source.ports)).text)],
  };
}

/** Stamped with the build that it shows, so that the same store gives the same bytes. */
function inputOf({ draft, roles, series }: DraftFromStore, { remembered: { build }, timezone }: ContentSource): ExportInput {
  const stamp = { at: build.at, version: build.version, tookMs: 0, calls: [], openUntil: build.openUntil, checkedSince: [] };
  const style = build.style === undefined ? {} : { style: build.style };
  return { draft, roles, build: stamp, timezone, series: series.map(chartSeries), ...style };
}

function chosen(formats: readonly Format[]) {
  return exporters.filter(({ format }) => formats.includes(format));
}

function fileOf(
  incident: string,
  { extension, format }: { readonly extension: string; readonly format: Format },
  text: string,
): AttachedFile {
  return { name: `${incident}${extension}`, mediaType: MEDIA_TYPES[format], text };
}
