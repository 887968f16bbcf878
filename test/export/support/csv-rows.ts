/** Reads CSV as RFC 4180 says: fields may be quoted, quotes are doubled, rows end in CRLF. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let index = 0;
  while (index < text.length) {
    const field = fieldAt(text, index);
    row.push(field.value);
    index = field.end;
    if (text[index] === ",") {
      index += 1;
      continue;
    }
    if (text.slice(index, index + 2) !== "\r\n") throw new Error(`no end of row at ${index}`);
    rows.push(row);
    row = [];
    index += 2;
  }
  return rows;
}

function fieldAt(text: string, from: number): { value: string; end: number } {
  const field = text[from] === '"' ? /"((?:[^"]|"")*)"/y : /([^",\r\n]*)/y;
  field.lastIndex = from;
  const found = field.exec(text);
  if (found === null) throw new Error(`no field at ${from}`);
  return { value: found[1]!.replaceAll('""', '"'), end: field.lastIndex };
}
