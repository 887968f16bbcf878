/** An element of a block as it came: nothing about it is certain. */
export type Node = Readonly<Record<string, unknown>>;

export function nodes(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function nodeAt(node: Node, key: string): Node {
  const value = node[key];
  return isNode(value) ? value : {};
}

/** A member that is text, else empty. */
export function textAt(node: Node, key: string): string {
  const value = node[key];
  return typeof value === "string" ? value : "";
}

export function numberAt(node: Node, key: string): number | undefined {
  const value = node[key];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
