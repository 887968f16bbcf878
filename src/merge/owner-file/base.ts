import type { EntryForm } from "../../contract/owner-file.js";
import { shortHash } from "./canonical.js";
import { decodeId, encodeId } from "./marks.js";

/** Files of a later version are left alone. */
export const FILE_VERSION = 2;

/** What was generated for one unit, as the file carries it. */
export interface BaseRecord {
  /** Hash of the unit's key. */
  readonly key: string;
  /** Hash of its canonical text. */
  readonly content: string;
  readonly entry: BaseEntry | null;
  /** About one build only. All hashes of such units stand in the last line of the mark, so that nothing else differs. */
  readonly stamp?: true;
}

/**
 * How an entry stood in the file. `none`: the owner has deleted the section that it belonged to. `held`: a checkbox of a
 * file whose marks had been lost, which the owner may have deleted from the timeline: it goes there only when ticked.
 */
export type FormInFile = EntryForm | "none" | "held";

export interface BaseEntry {
  readonly id: string;
  readonly form: FormInFile;
  /** What else it may be known by in a later build: minted ids of its other evidence, `<series>@<onset>` of a finding. */
  readonly known: readonly string[];
}

/** The last generated version of a file, without its text: what was generated, in its order. */
export interface Base {
  readonly records: readonly BaseRecord[];
  /** Units that are not generated any more and that the owner has changed or deleted: they do not come back as new. */
  readonly gone: readonly BaseRecord[];
  /** Role to the id of an entry of the person who has it. */
  readonly roles: readonly (readonly [role: string, entry: string])[];
  /** Hash of the file as we wrote it, where nothing in it was anybody else's. */
  readonly pristine: string | null;
  /** Hash of a proposal as it was put beside the owner's file. */
  readonly proposal?: string;
}

const OPEN = `<!-- incident-timeline/`;
const PER_LINE = 7;
/** Stands for the hash of a stamp in the list. */
const STAMP = "........";
const LETTERS = { timeline: "t", box: "b", none: "n", held: "h" } as const;
const FORMS: Readonly<Record<string, FormInFile>> = { t: "timeline", b: "box", n: "none", h: "held" };

/** The mark at the end of the file. */
export function closingMark({ records, gone, roles, pristine, proposal }: Base): string {
  const tokens = [
    ...records.map(recordToken),
    ...(gone.length === 0 ? [] : ["gone", ...gone.map(recordToken)]),
    ...(roles.length === 0 ? [] : ["roles", ...roles.map(([role, entry]) => `${encodeId(role)}!${encodeId(entry)}`)]),
  ];
  const stamps = records.filter(({ stamp }) => stamp).map(({ content }) => content);
  const lines: string[] = [];
  for (let index = 0; index < tokens.length; index += PER_LINE) lines.push(tokens.slice(index, index + PER_LINE).join(" "));
  const list = shortHash(tokens.join(" "));
  const state = `pristine:${pristine ?? "no"}${proposal === undefined ? "" : ` proposal:${proposal}`}`;
  return [`${OPEN}${FILE_VERSION} list:${list} ${state}`, ...lines, ["stamp", ...stamps].join(" "), "-->"].join("\n");
}

/** Whether a line begins a closing mark of any version. */
export function beginsClosingMark(line: string): boolean {
  return line.trimStart().startsWith(OPEN);
}

/** Version of a closing mark, 0 where it says none. */
export function versionOf(mark: string): number {
  return Number(/^\s*<!-- incident-timeline\/(\d{1,6})/.exec(mark)?.[1] ?? 0);
}

/** What a closing mark says; null where it was damaged, or is of another version. */
export function readClosingMark(mark: string): Base | null {
  if (versionOf(mark) !== FILE_VERSION) return null;
  const words = mark.trim().split(/\s+/);
  const [list, pristine] = [words[2], words[3]];
  const proposal = words[4]?.startsWith("proposal:") ? words[4].slice("proposal:".length) : undefined;
  const end = words.lastIndexOf("stamp");
  const tokens = words.slice(proposal === undefined ? 4 : 5, end);
  const stamps = words.slice(end + 1, -1);
  if (words.at(-1) !== "-->" || end === -1 || list !== `list:${shortHash(tokens.join(" "))}` || !pristine?.startsWith("pristine:"))
    return null;
  const parts = { records: [] as string[], gone: [] as string[], roles: [] as string[] };
  let part: keyof typeof parts = "records";
  for (const token of tokens) {
    if (token === "gone" || token === "roles") part = token;
    else parts[part].push(token);
  }
  return {
    records: parts.records.map(recordOf).map((record) => (record.stamp ? { ...record, content: stamps.shift() ?? "" } : record)),
    gone: parts.gone.map(recordOf),
    roles: parts.roles.map((token) => token.split("!").map(decodeId) as [string, string]),
    pristine: pristine === "pristine:no" ? null : pristine.slice("pristine:".length),
    ...(proposal === undefined ? {} : { proposal }),
  };
}

function recordToken({ key, content, entry, stamp }: BaseRecord): string {
  if (stamp) return key + STAMP;
  if (entry === null) return `${key}${content}`;
  return [`${key}${content}`, encodeId(entry.id), LETTERS[entry.form], ...entry.known.map(encodeId)].join("!");
}

function recordOf(token: string): BaseRecord {
  const [hashes, id, form, ...known] = token.split("!") as [string, string?, string?, ...string[]];
  const entry: BaseEntry | null =
    id === undefined ? null : { id: decodeId(id), form: FORMS[form ?? ""] ?? "none", known: known.map(decodeId) };
  const content = hashes.slice(8, 16);
  return { key: hashes.slice(0, 8), content, entry, ...(content === STAMP ? { stamp: true as const } : {}) };
}
