import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Evidence } from "../../src/contract/evidence.js";
import type { CommittedPage, HashedEvidence, Owner, ScopeKey, Store } from "../../src/contract/store.js";
import { canonicalJson, sha256 } from "../../src/kit/hash.js";
import { openStore } from "../../src/store/index.js";

export const owner: Owner = { connector: "chat", tenant: "T1" };
export const key: ScopeKey = { ...owner, source: "messages", scope: "C1" };
export const at = 1_772_000_000_000_000;

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "timeline-store-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function temporaryStore(): Promise<{ store: Store; path: string }> {
  const path = join(await temporaryFolder(), "data", "timeline.db");
  const store = await openStore(path);
  onTestFinished(() => store.close());
  return { store, path };
}

export function message(id: string, when: number | readonly (number | null)[], overrides: Partial<Evidence> = {}): Evidence {
  const times = typeof when === "number" ? [when] : when;
  return {
    id,
    connector: "chat",
    source: "messages",
    scope: "C1",
    kind: "chat.message.posted",
    times: times.map((each, index) => ({
      meaning: index === 0 ? "posted" : `later ${index}`,
      at: each,
      precisionMicros: 1,
      sourceText: String(each),
    })),
    actor: { connector: "chat", id: "U1", kind: "person" },
    title: "",
    body: [{ type: "paragraph", inlines: [{ type: "text", text: `text of ${id}` }] }],
    url: null,
    refs: [],
    visibility: "public",
    signals: {},
    payload: {},
    ...overrides,
  };
}

export function hashed(evidence: Evidence, maskVersion = 1): HashedEvidence {
  const placedAt = evidence.times.find((time) => time.at !== null)?.at ?? null;
  return { evidence, hash: sha256(canonicalJson(evidence)), maskVersion, placedAt };
}

export function pageOf(evidence: readonly Evidence[], rest: Partial<CommittedPage> = {}): CommittedPage {
  return { owner, at, evidence: evidence.map((each) => hashed(each)), ...rest };
}

export async function list<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
