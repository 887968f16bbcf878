import type { Candidate } from "./candidate.js";
import { termsOf } from "./terms.js";

/** Which words the evidence uses, and how many entries use each. */
export class WordUse {
  readonly #ids = new Map<string, number>();
  readonly #uses: number[] = [];
  readonly #of = new Map<Candidate, Uint32Array>();
  readonly entries: number;

  constructor(candidates: readonly Candidate[]) {
    this.entries = candidates.length;
    for (const candidate of candidates) {
      const ids = Uint32Array.from(termsOf(candidate.plain), (term) => this.#idOf(term));
      for (const id of ids) this.#uses[id] = this.#uses[id]! + 1;
      this.#of.set(candidate, ids);
    }
  }

  /** Its words, as numbers. */
  of(candidate: Candidate): Uint32Array {
    return this.#of.get(candidate) ?? new Uint32Array();
  }

  /** The same for a text that is no entry: only words that some entry uses. */
  ofText(plain: string): number[] {
    return [...termsOf(plain)].flatMap((term) => this.#ids.get(term) ?? []);
  }

  /** How many entries use it. */
  uses(word: number): number {
    return this.#uses[word] ?? 0;
  }

  /** How many of its words no more than `most` entries use. */
  rare(candidate: Candidate, most = 1): number {
    return this.of(candidate).reduce((count, word) => count + (this.uses(word) <= most ? 1 : 0), 0);
  }

  /** How seldom its words are used, 0 to 1: the mean of what each of them tells. */
  information(candidate: Candidate): number {
    const words = this.of(candidate);
    if (words.length === 0) return 0;
    const all = Math.log2(this.entries + 1);
    return words.reduce((sum, word) => sum + all - Math.log2(this.uses(word)), 0) / words.length / all;
  }

  #idOf(term: string): number {
    const known = this.#ids.get(term);
    if (known !== undefined) return known;
    const id = this.#uses.push(0) - 1;
    this.#ids.set(term, id);
    return id;
  }
}
