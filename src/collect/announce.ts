import type { KindRule } from "../contract/connector.js";
import type { Evidence } from "../contract/evidence.js";
import type { FoundEvent } from "../contract/progress.js";
import type { HashedEvidence } from "../contract/store.js";
import type { Window } from "../contract/window.js";
import { isWithin } from "../kit/instant.js";
import { oneLine, shorten } from "../kit/text.js";

const LONGEST = 160;

/** Where a page was read. */
export interface AnnouncedFrom {
  readonly connector: string;
  readonly source: string;
  /** As a reader knows it. */
  readonly scope: string;
  readonly kinds: Readonly<Record<string, KindRule>>;
  readonly window: Window;
}

/**
 * The changes and alerts of a page that are worth a line while everything else is still being read, by time. What is
 * routine is left to the draft: checks that passed, repeated alerts. Who acted is "somebody": roles are not known yet. Names
 * in a title are still there.
 */
export function announced(page: readonly HashedEvidence[], from: AnnouncedFrom): FoundEvent[] {
  const found = page.flatMap(({ evidence, placedAt }): FoundEvent[] => {
    const rule = from.kinds[evidence.kind];
    if (rule === undefined || placedAt === null || !isWorthALine(evidence, rule)) return [];
    if (!isWithin(placedAt, from.window.spans[rule.category])) return [];
    const { connector, source, scope } = from;
    return [
      {
        type: "found",
        id: evidence.id,
        at: placedAt,
        category: rule.category,
        connector,
        source,
        scope,
        text: sentence(evidence, rule, scope),
      },
    ];
  });
  return found.sort((a, b) => a.at - b.at);
}

function isWorthALine({ signals }: Evidence, { category }: KindRule): boolean {
  if (category !== "change" && category !== "alert") return false;
  if (signals.routine === true || signals.deletedAtSource === true || signals.transition === "renotified") return false;
  return signals.outcome === undefined || signals.outcome === "failure" || signals.deploys === true;
}

function sentence({ actor, title, signals }: Evidence, { says }: KindRule, scope: string): string {
  const values: Readonly<Record<string, string>> = {
    actor: actor === null ? "" : "somebody",
    title,
    body: "",
    scope,
    outcome: signals.outcome ?? signals.transition ?? "",
  };
  const text = says.replace(/\{([a-z]{1,10})\}/g, (whole, name: string) => values[name] ?? whole);
  return shorten(oneLine(text), LONGEST);
}
