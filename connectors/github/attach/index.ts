import type { Destination, Place } from "../../../src/contract/destination.js";
import type { GithubConfig } from "../config.js";
import { createComment, findComment, readersOf, updateComment, type Issue } from "./comment.js";
import { commentBody } from "./text.js";

const KEY = /^github:([A-Za-z0-9-]{1,100}\/[A-Za-z0-9._-]{1,100})#(\d{1,9})$/;

/** A comment on the issue that told of the incident, in a repository that the section names. */
export const attach: Destination<GithubConfig> = {
  attaches: ({ attach: { issue }, repos }) => (issue ? [`a comment on the issue of an incident, in ${repos.join(", ")}`] : []),
  places: ({ attach: section, repos }, { keys }) => {
    if (!section.issue) return [];
    const named = new Set(repos.map((repo) => repo.toLowerCase()));
    return keys.flatMap((key): Place[] => {
      const [, repo = "", number = ""] = KEY.exec(key) ?? [];
      if (!named.has(repo.toLowerCase())) return [];
      const issue = `${repo}#${Number(number)}`;
      // Who can read it is asked; until then nobody from inside is taken for granted.
      const readers = { who: "everyone" } as const;
      return [{ id: `comment/${issue}`, name: `a comment on ${issue}`, readers, takes: "summary", renewed: "content" }];
    });
  },
  readers: (place, context) => readersOf(issueOf(place), context),
  find: (place, marker, context) => findComment(issueOf(place), marker, context),
  create: (place, attachment, context) => createComment(issueOf(place), attachment, context),
  update: (place, remote, attachment, context) => updateComment(issueOf(place), remote, attachment, context),
  preview: (_place, { summary, marker }) => commentBody(summary, marker),
};

function issueOf({ id }: Place): Issue {
  const [repo = "", number = ""] = id.slice("comment/".length).split("#");
  return { repo, number: Number(number) };
}
