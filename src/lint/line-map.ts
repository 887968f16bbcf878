import type { TextSpan } from "./finding.js";

/** From offsets in a text to lines and columns, both counted from 1. */
export class LineMap {
  readonly lines: readonly string[];
  private readonly starts: number[] = [];

  constructor(text: string) {
    this.lines = text.split("\n");
    let start = 0;
    for (const line of this.lines) {
      this.starts.push(start);
      start += line.length + 1;
    }
  }

  span(start: number, end: number): TextSpan {
    const [line, column] = this.place(start);
    const [endLine, endColumn] = this.place(end);
    return { line, column, endLine, endColumn };
  }

  private place(offset: number): [line: number, column: number] {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return [low + 1, offset - this.starts[low]! + 1];
  }
}
