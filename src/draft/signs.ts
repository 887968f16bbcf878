/** Something about an entry that makes it more, or less, likely to belong to the story. */
export interface Sign<Subject> {
  /** Added to the log odds where it holds in full. */
  readonly weight: number;
  /** Whether it holds, or how much: 0 to 1. */
  readonly holds: (subject: Subject) => boolean | number;
  /** How a reader hears of it; a sign without words counts and is not named. */
  readonly why?: string | ((subject: Subject) => string);
}

export interface Weighed {
  /** How likely it belongs to the story, 0 to 1. */
  readonly score: number;
  /** In words, the heaviest first. */
  readonly because: readonly string[];
}

/** Less than this is no reason worth a reader's time. */
const WORTH_NAMING = 0.4;

/** A logistic sum: each sign adds its weight to the log odds that `base` stands for when none holds. */
export function weigh<Subject>(subject: Subject, base: number, signs: readonly Sign<Subject>[]): Weighed {
  let sum = base;
  const reasons: { readonly points: number; readonly why: string }[] = [];
  for (const { weight, holds, why } of signs) {
    const points = weight * Number(holds(subject));
    sum += points;
    if (why !== undefined && points >= WORTH_NAMING) reasons.push({ points, why: typeof why === "string" ? why : why(subject) });
  }
  const because = [...new Set(reasons.sort((a, b) => b.points - a.points).map((each) => each.why))];
  return { score: rounded(1 / (1 + Math.exp(-sum))), because };
}

/** Four digits: enough to rank, few enough to be the same on any machine. */
export function rounded(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}
