/*
 * A build asks for the same lists from every channel and thread. They are remembered in the store by `recall`; parsing
 * them a thousand times over is what this saves. It lives as long as what one build works with: the identity
 * that it was given, or the section of the config.
 */
const builds = new WeakMap<object, Map<string, Promise<unknown>>>();

/** The answer of the first call with this key in this build, a failure included. */
export function once<T>(build: object, key: string, load: () => Promise<T>): Promise<T> {
  let answers = builds.get(build);
  if (!answers) builds.set(build, (answers = new Map()));
  const known = answers.get(key) as Promise<T> | undefined;
  if (known) return known;
  const loading = load();
  loading.catch(() => {});
  answers.set(key, loading);
  return loading;
}

/** The next `once` asks again. */
export function forget(build: object, key: string): void {
  builds.get(build)?.delete(key);
}
