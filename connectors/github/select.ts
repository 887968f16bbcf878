import type { Selectable } from "../../src/contract/selection.js";
import { fitsAny, isGlob } from "../../src/kit/glob.js";
import { nearestKey } from "../../src/kit/nearest-key.js";
import { isRepository, type GithubConfig } from "./config.js";

/** Any repository by its full name; a pattern stands for those that the section names. */
export const repositorySelection: Selectable<GithubConfig> = {
  key: "repos",
  description: 'GitHub repositories, as "owner/name", or patterns of those that github.repos names',
  names: ({ repos }) => repos,
  problem: ({ repos }, name) => {
    if (isGlob(name)) return repos.some((repo) => fitsAny([name], repo)) ? null : "no repository of github.repos fits it";
    return isRepository(name) ? null : `expected "owner/name"${meant(name, repos)}`;
  },
  narrow: (config, names) => {
    const named = names.flatMap((name) => (isGlob(name) ? config.repos.filter((repo) => fitsAny([name], repo)) : [name]));
    return { ...config, repos: [...new Map(named.map((repo) => [repo.toLowerCase(), repo])).values()] };
  },
  permit: (name, written) => (written?.some((each) => !isGlob(each) && each.toLowerCase() === name.toLowerCase()) === true ? name : null),
};

function meant(name: string, repos: readonly string[]): string {
  const near =
    repos.find((repo) => repo.toLowerCase().endsWith(`/${name.toLowerCase()}`)) ??
    repos.find((repo) => nearestKey(name, [repo.split("/")[1] ?? ""]) !== null) ??
    nearestKey(name, repos);
  return near ? `; did you mean "${near}"?` : "";
}
