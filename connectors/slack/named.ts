/** Before a name or id: the channel, if it is public. So a notice asks for what only a pattern of the config covers. */
export const PUBLIC = "public:";
/** Before an id: the channel, if it is public, or the app was invited to it and the section lets that count. */
export const INVITED = "invited:";

/** How a channel is named, apart from how far that opens it. */
export interface Named {
  /** A name, id or pattern. */
  readonly entry: string;
  readonly opens: "any" | "public" | "invited";
}

export function namedBy(text: string): Named {
  if (text.startsWith(PUBLIC)) return { entry: text.slice(PUBLIC.length), opens: "public" };
  if (text.startsWith(INVITED)) return { entry: text.slice(INVITED.length), opens: "invited" };
  return { entry: text, opens: "any" };
}

/** Names are lower case at Slack and ids upper case, so that one is never taken for the other. */
export function isChannelId(entry: string): boolean {
  return /^[A-Z][A-Z0-9]+$/.test(entry);
}

export function bareName(entry: string): string {
  return entry.replace(/^#/, "").toLowerCase();
}

/** Whether two ways to write it name the same channel, as far as that is known without asking. */
export function sameChannel(one: string, other: string): boolean {
  return isChannelId(one) || isChannelId(other) ? one === other : bareName(one) === bareName(other);
}
