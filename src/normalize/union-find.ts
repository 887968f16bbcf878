import { compareText } from "../kit/text.js";

/** Sets of keys that grow together. The name of a set is its smallest key, whatever the order of joining. */
export class UnionFind {
  readonly #parent = new Map<string, string>();

  add(key: string): void {
    if (!this.#parent.has(key)) this.#parent.set(key, key);
  }

  join(a: string, b: string): void {
    const rootA = this.find(a);
    const rootB = this.find(b);
    if (rootA === rootB) return;
    const [smaller, larger] = compareText(rootA, rootB) < 0 ? [rootA, rootB] : [rootB, rootA];
    this.#parent.set(larger, smaller);
  }

  /** The smallest key of the set; a key never seen is a set of its own. */
  find(key: string): string {
    this.add(key);
    let root = key;
    for (let next = this.#parent.get(root)!; next !== root; next = this.#parent.get(root)!) root = next;
    for (let at = key; at !== root;) {
      const next = this.#parent.get(at)!;
      this.#parent.set(at, root);
      at = next;
    }
    return root;
  }

  keys(): IterableIterator<string> {
    return this.#parent.keys();
  }
}
