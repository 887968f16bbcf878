import type { RuleFacts } from "../finding.js";
import type { ActionItem } from "../markdown/block.js";
import { ACTION_VERBS } from "./action-verbs.js";

interface ActionRule extends RuleFacts {
  holds(item: ActionItem): boolean;
}

/** Each action item says what to do, how to tell that it is done, and who sees to it. */
export const ACTION_RULES: readonly ActionRule[] = [
  {
    id: "action-verb",
    explanation: "An action item that does not begin with a verb leaves open what is to be done.",
    rewrite: "Begin with what somebody does: Add, Remove, Alert on, Document, Limit ...",
    holds: (item) => beginsWithVerb(item.action),
  },
  {
    id: "action-end",
    explanation: "Nobody can tell when this is done.",
    rewrite: "Add what will be seen then: done when the alert fires within 2 minutes in a drill.",
    holds: (item) => (item.doneWhen === null ? END.test(item.text) : item.doneWhen !== ""),
  },
  {
    id: "action-owner",
    explanation: "What nobody owns stays undone.",
    rewrite: "Name one owner, a person, role or team: (owner: responder A).",
    holds: (item) => (item.owner === null ? OWNER.test(item.text) : item.owner !== ""),
  },
];

/** Not an action item at all: a list that says that there are none. */
export function isPlaceholder(item: ActionItem): boolean {
  return /^\s*(?:\[.\])?[\s_*(]*(?:none|no action items?|n\/a|tbd|nothing)\b/i.test(item.action);
}

const END =
  /\b(?:done (?:when|once|if)|(?:complete|finished|closed|verified|accepted) (?:when|once|by|with|in)|until|so that|measured by|acceptance|success(?: criteri(?:on|a))?:|we can tell|shown by|definition of done)/i;
const OWNER =
  /(?:^|[\s(*_[])@[a-z0-9]|\b(?:owner|owned by|assigned to|assignee|responsible)\b|[(—–-]\s*\**(?:responder|engineer|team|on-call|sre)\b|\bresponder [A-Z]{1,2}\b|\b(?:team|squad|crew)\s*\)/i;
const NO_VERB = new Set(
  "we i it they there the a an this that should must need needs be more better no not all every each someone somebody".split(" "),
);
const ARTICLE = new Set("the a an all each every our its their".split(" "));

function beginsWithVerb(action: string): boolean {
  const words =
    wordsAfterLabels(action)
      .toLowerCase()
      .match(/[\p{L}][\p{L}'-]*/gu) ?? [];
  const [first = "", second = ""] = words;
  if (ACTION_VERBS.has(first) || ACTION_VERBS.has(first.split("-")[0] === "re" ? first.slice(3) : first)) return true;
  return ARTICLE.has(second) && !NO_VERB.has(first) && !first.endsWith("ing");
}

/** Without a checkbox, emphasis, a priority, a ticket's number and the owner before a colon. */
function wordsAfterLabels(action: string): string {
  let text = action
    .slice(0, 400)
    .replace(/[*_~`]/g, "")
    .trimStart();
  for (let turn = 0; turn < 4; turn += 1)
    text = text.replace(
      /^(?:\[[^\]]{0,40}\](?:\([^)]{0,200}\))?|\([^)]{0,40}\)|[Pp]\d\b|[A-Z]{2,10}-\d{1,8}\b|(?:@[\w.-]{1,40}|responder [A-Z]{1,2}|[A-Z][\w-]{0,20}(?: [a-z]{1,12})?)(?=:)|[:–—-])\s*/,
      "",
    );
  return text;
}
