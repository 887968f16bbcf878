/** What ids inside a text are called. null: not known, the id stands for itself. */
export interface Names {
  channel(id: string): string | null;
  group(id: string): string | null;
}

/** `#checkout`, or `#C123` where the name is not known. */
export function channelText(names: Names, id: string, label = ""): string {
  return `#${label === "" ? (names.channel(id) ?? id) : label.replace(/^#/, "")}`;
}

/** `@sre`, or `@S123` where the handle is not known. */
export function groupText(names: Names, id: string, label = ""): string {
  return `@${label === "" ? (names.group(id) ?? id) : label.replace(/^@/, "")}`;
}
