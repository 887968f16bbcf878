import type { GeneratedUnit } from "../../contract/owner-file.js";
import { contentHash } from "./canonical.js";
import { keyHash } from "./marks.js";

interface UnitHashes {
  readonly key: string;
  readonly content: string;
}

/** A merge asks for them again and again; each is made once. */
const made = new WeakMap<GeneratedUnit, UnitHashes>();

/** What the closing mark carries of a generated unit. */
export function hashesOf(unit: GeneratedUnit): UnitHashes {
  const known = made.get(unit);
  if (known) return known;
  const hashes = { key: keyHash(unit.key), content: contentHash(unit.text) };
  made.set(unit, hashes);
  return hashes;
}
