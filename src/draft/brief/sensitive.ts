import type { EpochMicros } from "../../kit/instant.js";
import type { Saying, Talk } from "./talk.js";

/** A place to read with care. It holds neither words nor people. */
export interface Passage {
  readonly sort: "self-blame" | "disagreement";
  readonly at: EpochMicros;
  readonly scopeName: string;
  /** null: the source gives no link. */
  readonly url: string | null;
}

/** Whole words in a row, in lower case. */
const PHRASES: Readonly<Record<Passage["sort"], readonly string[]>> = {
  "self-blame": [
    "my bad|my fault|my mistake|my apologies|all me|that was me|that's on me|that is on me|blame me|mea culpa|stupid of me|careless of me",
    "i broke|i messed up|i screwed up|i forgot|i overlooked|i should have|i shouldn't have|i should not have|i could have|i feel terrible|i feel bad",
    "so sorry|i am sorry|i'm sorry|sorry all|sorry everyone|really sorry|i am an idiot|i'm an idiot|i panicked",
    "culpa mía|mi culpa|mi error|lo siento|culpa minha|minha culpa|meu erro|foi mal|desculpa|desculpem|ma faute|mon erreur|désolé|désolée",
    "meine schuld|mein fehler|tut mir leid|colpa mia|mio errore|mi dispiace|mijn schuld|mijn fout|mitt fel|min feil|min fejl|beklager",
    "moja wina|mój błąd|przepraszam|моя вина|моя ошибка|извините|benim hatam",
  ],
  disagreement: [
    "i disagree|we disagree|disagree with|don't agree|do not agree|not convinced|i don't think so|that's wrong|that is wrong|that's not true|that is not true",
    "makes no sense|as i said|i said that|i told you|already told you|told you so|bad idea|wrong call|i object|i am against|i'm against|with respect",
    "who approved|who merged|who did this|why was this|why did nobody|why did no one|nobody asked|nobody told",
    "no estoy de acuerdo|no es cierto|discordo|não concordo|pas d'accord|c'est faux|nicht einverstanden|bin dagegen|stimmt nicht|sehe ich anders",
    "non sono d'accordo|niet mee eens|håller inte med|ikke enig|nie zgadzam się|не согласен|не согласна|katılmıyorum",
  ],
};
/** Of scripts that set no spaces between words. */
const SIGNS: Readonly<Record<Passage["sort"], readonly string[]>> = {
  "self-blame": ["私のミス", "私のせい", "申し訳", "我的错", "都怪我", "对不起", "제 잘못", "죄송"],
  disagreement: ["反対です", "違うと思", "賛成できません", "不同意", "我不认为", "동의하지"],
};
const LONGEST = 4000;

/** Told by turns of speech: what it misses is not there, and what it finds may be harmless. In order. */
export function sensitivePassages({ sayings }: Talk): Passage[] {
  return sayings.flatMap((saying) => {
    const sort = sortOf(saying);
    const { at, scopeName, links } = saying.entry;
    return sort === null ? [] : [{ sort, at, scopeName, url: links[0]?.url ?? null }];
  });
}

function sortOf({ plain }: Saying): Passage["sort"] | null {
  const text = plain.slice(0, LONGEST).replaceAll("’", "'");
  const words = ` ${(text.match(/[\p{L}\p{N}']+/gu) ?? []).join(" ")} `;
  const isSaid = (sort: Passage["sort"]) =>
    PHRASES[sort].some((line) => line.split("|").some((phrase) => words.includes(` ${phrase} `))) ||
    SIGNS[sort].some((sign) => text.includes(sign));
  return isSaid("self-blame") ? "self-blame" : isSaid("disagreement") ? "disagreement" : null;
}
