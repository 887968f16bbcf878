import type { Answer } from "./client.js";

/** GitHub's most for one page. */
export const PAGE_SIZE = 100;

/** Page numbers from 2 on: the first page needs none. */
export function pageParameters(number: number): { readonly per_page: number; readonly page?: number } {
  return number > 1 ? { per_page: PAGE_SIZE, page: number } : { per_page: PAGE_SIZE };
}

/** The `Link` header names the next page; where a proxy dropped it, a full page makes us ask on. */
export function isLastPage({ headers }: Pick<Answer, "headers">, rows: readonly unknown[]): boolean {
  return rows.length === 0 || (rows.length < PAGE_SIZE && !/rel="next"/.test(String(headers.link ?? "")));
}
