import type { KindRule } from "../contract/connector.js";
import type { Evidence } from "../contract/evidence.js";
import type { Item } from "../contract/item.js";
import type { StoredEvidence } from "../contract/store.js";
import { paragraph } from "../kit/rich-text.js";
import { type AccountReference, accountKey, type Accounts } from "./people.js";
import type { Placed } from "./place.js";
import { programName, type RoleReplacer } from "./role-replacer.js";

export interface Material {
  readonly stored: StoredEvidence;
  readonly rule: KindRule;
  readonly placed: Placed;
  readonly accounts: Accounts;
  readonly references: ReadonlyMap<string, AccountReference>;
  readonly roles: RoleReplacer;
  readonly scopeName: string;
}

/** One record as an item, not linked yet. Of what was deleted at the source no text is kept. */
export function toItem({ stored, rule, placed, accounts, references, roles, scopeName }: Material): Item {
  const { evidence } = stored;
  const deleted = stored.deletedAt !== null || evidence.signals.deletedAtSource === true;
  const title = deleted || evidence.title === "" ? [] : [paragraph(roles.line(evidence.title, evidence.connector))];
  return {
    id: evidence.id,
    ...placed,
    kind: evidence.kind,
    rule,
    evidence: [stored],
    ...actorOf(evidence, accounts, references, roles),
    title,
    body: deleted ? [] : roles.body(evidence.body, evidence.connector),
    scopeName,
    refs: evidence.refs,
    change: null,
    mentions: [],
    thread: evidence.refs.find((ref) => (ref.type === "thread" || ref.type === "message") && ref.relation === "of")?.id ?? null,
    visibility: evidence.visibility,
    signals: evidence.signals,
    deleted,
  };
}

function actorOf(
  { actor }: Evidence,
  accounts: Accounts,
  references: ReadonlyMap<string, AccountReference>,
  roles: RoleReplacer,
): Pick<Item, "person" | "program"> {
  if (actor === null) return { person: null, program: null };
  const key = accountKey(actor.connector, actor.id);
  const person = accounts.personOf.get(key);
  if (person !== undefined) return { person, program: null };
  const reference = references.get(key);
  return { person: null, program: roles.plain(reference ? programName(reference) : actor.id) };
}
