import type { JsonValue } from "../contract/evidence.js";

export type Path = readonly (string | number)[];

export interface Position {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
}

export interface ParsedJson {
  readonly value: JsonValue;
  /** Where a value stands, or its key; null for paths that are not in the text. */
  positionOf(path: Path): Position | null;
  /** Keys that occur twice in one object: two readers would read two different configs. */
  readonly duplicates: readonly Path[];
}

/** What is wrong and where, in words that repeat nothing of the text: it may hold a secret. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";
  constructor(
    message: string,
    readonly position: Position,
  ) {
    super(message);
  }
}

const DEEPEST = 24;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/**
 * JSON with the places of its values, so that each problem can be shown where it is.
 * @throws {JsonSyntaxError} for what is not JSON, is nested deeper than 24, or has a key `__proto__`.
 */
export function parseJson(text: string): ParsedJson {
  const reader = new Reader(text);
  const value = reader.document();
  return {
    value,
    positionOf: (path) => {
      const offset = reader.offsets.get(keyOf(path));
      return offset === undefined ? null : positionAt(text, offset);
    },
    duplicates: reader.duplicates,
  };
}

class Reader {
  readonly offsets = new Map<string, number>();
  readonly duplicates: Path[] = [];
  private at = 0;
  constructor(private readonly text: string) {}

  document(): JsonValue {
    const value = this.value([]);
    this.space();
    if (this.at < this.text.length) this.fail("expected the end of the file");
    return value;
  }

  private value(path: Path): JsonValue {
    this.space();
    if (!this.offsets.has(keyOf(path))) this.offsets.set(keyOf(path), this.at);
    if (path.length > DEEPEST) this.fail(`expected at most ${DEEPEST} levels`);
    const char = this.text[this.at];
    if (char === "{") return this.object(path);
    if (char === "[") return this.array(path);
    if (char === '"') return this.string();
    for (const [word, value] of [
      ["true", true],
      ["false", false],
      ["null", null],
    ] as const)
      if (this.skip(word)) return value;
    return Number(this.match(NUMBER) ?? this.fail("expected a value"));
  }

  private object(path: Path): JsonValue {
    const members = new Map<string, JsonValue>();
    this.members("{", "}", () => {
      const offset = this.at;
      if (this.text[this.at] !== '"') this.fail('expected a key in double quotes, or "}"');
      const key = this.string();
      if (key === "__proto__") this.fail("expected another key than __proto__", offset);
      const member = [...path, key];
      if (members.has(key)) this.duplicates.push(member);
      this.offsets.set(keyOf(member), offset);
      this.space();
      if (!this.skip(":")) this.fail('expected ":" after the key');
      members.set(key, this.value(member));
    });
    return Object.fromEntries(members);
  }

  private array(path: Path): JsonValue {
    const items: JsonValue[] = [];
    this.members("[", "]", () => void items.push(this.value([...path, items.length])));
    return items;
  }

  private members(open: string, close: string, one: () => void): void {
    this.skip(open);
    this.space();
    if (this.skip(close)) return;
    for (;;) {
      this.space();
      one();
      this.space();
      if (this.skip(close)) return;
      if (!this.skip(",")) this.fail(`expected "," or "${close}"`);
    }
  }

  private string(): string {
    const text = this.match(STRING) ?? this.fail("expected a string that ends on its line, with valid escapes");
    return JSON.parse(text) as string;
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    this.at += found?.length ?? 0;
    return found;
  }

  private skip(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private space(): void {
    while (this.at < this.text.length && " \t\r\n".includes(this.text[this.at]!)) this.at++;
  }

  private fail(message: string, offset = this.at): never {
    throw new JsonSyntaxError(message, positionAt(this.text, offset));
  }
}

function keyOf(path: Path): string {
  return JSON.stringify(path);
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}
