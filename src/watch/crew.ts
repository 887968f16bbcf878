/** Pieces of work that go on at once, each under a name. What one of them breaks on breaks whoever waits next. */
export interface Crew {
  readonly size: number;
  has(name: string): boolean;
  start(name: string, act: () => Promise<void>): void;
  /** Resolves when one has ended, or when `other` does. @throws what one of them broke on. */
  next(...other: readonly Promise<unknown>[]): Promise<void>;
}

export function createCrew(): Crew {
  const running = new Map<string, Promise<void>>();
  const broken: unknown[] = [];
  return {
    get size() {
      return running.size;
    },
    has: (name) => running.has(name),
    start: (name, act) => {
      const ended = act()
        .catch((error: unknown) => void broken.push(error))
        .finally(() => running.delete(name));
      running.set(name, ended);
    },
    next: async (...other) => {
      if (broken.length === 0) await Promise.race([...running.values(), ...other]);
      if (broken.length > 0) throw broken[0];
    },
  };
}
