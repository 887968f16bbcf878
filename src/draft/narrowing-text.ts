import type { Narrowing, Selection } from "../contract/selection.js";
import { oneLine } from "../kit/text.js";

/** What a build was narrowed to, a line for each list; nothing where nothing is narrowed. */
export function narrowingText({ services, only, also }: Narrowing): string[] {
  const lists = (selection: Selection) => Object.entries(selection).map(([key, names]) => `${key}: ${names.map(oneLine).join(", ")}`);
  return [
    ...(services.length === 0 ? [] : [`only ${services.length === 1 ? "service" : "services"} ${services.map(oneLine).join(", ")}`]),
    ...lists(only).map((text) => `only ${text}`),
    ...lists(also).map((text) => `also ${text}`),
  ];
}
