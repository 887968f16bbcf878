import type { Identity } from "../../src/contract/connector.js";

/*
 * A build asks for the same lists from every channel and thread. They are remembered in the store by `recall`; parsing
 * them a thousand times over is what this saves. It lives as long as the identity that one build works with.
 */
const builds = new WeakMap<Identity, Map<string, Promise<unknown>>>();

/** The answer of the first call with this key in this build, a failure included. */
export function once<T>(identity: Identity, key: string, load: () => Promise<T>): Promise<T> {
  let answers = builds.get(identity);
  if (!answers) builds.set(identity, (answers = new Map()));
  const known = answers.get(key) as Promise<T> | undefined;
  if (known) return known;
  const loading = load();
  loading.catch(() => {});
  answers.set(key, loading);
  return loading;
}

/** The next `once` asks again. */
export function forget(identity: Identity, key: string): void {
  builds.get(identity)?.delete(key);
}
