import type { Look, LookContext, Looker, NoticeProblem, NoticeReport } from "../../src/contract/notice.js";
import { SourceError } from "../../src/kit/errors.js";
import { fromIso, toIso } from "../../src/kit/instant.js";
import { oneLine, shorten } from "../../src/kit/text.js";
import { connect, type GithubClient } from "./client.js";
import type { GithubConfig } from "./config.js";
import { isLastPage, pageParameters } from "./paging.js";
import { ListedIssue } from "./records.js";

type Context = LookContext<GithubConfig>;

const LONGEST_TITLE = 200;
const LONGEST_SEVERITY = 40;
/** A thousand open incidents are none. */
const MOST_PAGES = 10;

/** Each issue with the label is an incident while it is open. Source: "List repository issues", GET /repos/{owner}/{repo}/issues. */
export const looker: Looker<GithubConfig> = {
  watches: ({ notice }) => notice.repos.map((repo) => `issues of ${repo} labelled ${notice.label}`),
  async look(context): Promise<Look> {
    const client = await connect(context);
    const looks: Look[] = [];
    for (const repo of context.config.notice.repos) looks.push(await lookAt(repo, client, context));
    return { reports: looks.flatMap(({ reports }) => reports), problems: looks.flatMap(({ problems }) => problems) };
  },
};

/** What one repository withholds is told, and costs itself alone. */
async function lookAt(repo: string, client: GithubClient, context: Context): Promise<Look> {
  const problems: NoticeProblem[] = [];
  try {
    const open = await issuesOf(repo, { state: "open" }, client, context, problems);
    const over = await issuesOf(repo, { state: "closed", since: toIso(context.since, 1_000_000) }, client, context, problems);
    const reports = new Map<string, NoticeReport>();
    for (const raw of [...open, ...over]) {
      const report = judged(raw, repo, context, problems);
      if (report !== null && (report.end === null || report.end >= context.since)) reports.set(report.key, report);
    }
    return { reports: [...reports.values()], problems };
  } catch (error) {
    if (!(error instanceof SourceError) || error.action !== "skip") throw error;
    return { reports: [], problems: [...problems, { place: repo, text: error.message }] };
  }
}

async function issuesOf(
  repo: string,
  wanted: { readonly state: string; readonly since?: string },
  client: GithubClient,
  { config }: Context,
  problems: NoticeProblem[],
): Promise<unknown[]> {
  const [owner = "", name = ""] = repo.split("/");
  const all: unknown[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const parameters = { owner, repo: name, labels: config.notice.label, ...wanted, ...pageParameters(page) };
    const answer = await client.get("/repos/{owner}/{repo}/issues", parameters);
    const rows: unknown[] = Array.isArray(answer.data) ? answer.data : [];
    all.push(...rows);
    if (isLastPage(answer, rows)) return all;
  }
  problems.push({
    place: repo,
    text: `it has more than ${MOST_PAGES * 100} ${wanted.state} issues with the label: the others are not looked at`,
  });
  return all;
}

/** Pull requests are issues there too. */
function judged(raw: unknown, repo: string, { config }: Context, problems: NoticeProblem[]): NoticeReport | null {
  const issue = ListedIssue.safeParse(raw);
  const start = issue.success ? fromIso(issue.data.created_at) : null;
  if (!issue.success || start === null) {
    problems.push({ place: repo, text: "an issue has another shape than documented" });
    return null;
  }
  const isOurs = issue.data.labels.some((label) => label.toLowerCase() === config.notice.label.toLowerCase());
  return issue.data.pull_request == null && isOurs ? reportOf(issue.data, repo, start, config) : null;
}

function reportOf(
  { number, title, closed_at, html_url, labels }: ListedIssue,
  repo: string,
  start: number,
  { notice }: GithubConfig,
): NoticeReport {
  const key = `github:${repo}#${number}`;
  const url = html_url != null && /^https?:\/\//.test(html_url) ? html_url : null;
  return {
    key,
    title: shorten(oneLine(title), LONGEST_TITLE),
    name: `${repo.split("/")[1] ?? repo}-${number}`,
    start,
    end: fromIso(closed_at ?? ""),
    severity: behind(notice.severityPrefix, labels)[0]?.slice(0, LONGEST_SEVERITY) ?? null,
    url,
    visibility: "public",
    also: {},
    wishes: { services: behind(notice.servicePrefix, labels), only: {}, destinations: null },
    marks: [key, ...(url === null ? [] : [`url:${url}`])],
  };
}

function behind(prefix: string, labels: readonly string[]): string[] {
  const named = labels.filter((label) => label.toLowerCase().startsWith(prefix.toLowerCase()));
  return [...new Set(named.map((label) => oneLine(label.slice(prefix.length))))].filter((name) => name !== "");
}
