/** Collects reasons with their weights; the score is between 0 and 1, and each reason is in words. */
export class Tally {
  #sum = 0;
  readonly #because: { readonly points: number; readonly why: string }[] = [];

  add(points: number, why?: string): this {
    this.#sum += points;
    if (why !== undefined && points > 0) this.#because.push({ points, why });
    return this;
  }

  /** Takes over all that another one found. */
  include(other: Tally): this {
    this.#sum += other.score;
    this.#because.push(...other.#because);
    return this;
  }

  /** Four digits: enough to rank, few enough to be the same on any machine. */
  get score(): number {
    return Math.round(Math.min(1, Math.max(0, this.#sum)) * 10_000) / 10_000;
  }

  /** The heaviest first. */
  get because(): string[] {
    return this.#because.toSorted((a, b) => b.points - a.points).map((each) => each.why);
  }
}
