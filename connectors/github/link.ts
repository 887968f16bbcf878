import type { LinkReader } from "../../src/contract/notice.js";
import { SourceError } from "../../src/kit/errors.js";
import { fromIso } from "../../src/kit/instant.js";
import { oneLine, shorten } from "../../src/kit/text.js";
import { connect } from "./client.js";
import { webBase, type GithubConfig } from "./config.js";
import { IssueRecord } from "./records.js";

const LONGEST_TITLE = 200;

/** `/acme/shop/issues/12`. Source: "Get an issue", GET /repos/{owner}/{repo}/issues/{issue_number}. */
export const linkReader: LinkReader<GithubConfig> = {
  reads: "a link to a GitHub issue",
  owns: (link, config) => link.origin === webBase(config),
  async resolveIncident({ pathname }, context) {
    const [, owner = "", repo = "", kind, number = ""] = pathname.split("/");
    if (kind !== "issues" || !/^\d{1,9}$/.test(number))
      throw unreadable("not found", "The link leads to no issue", "Give the link of an issue.");
    const client = await connect(context);
    const { data } = await client.get("/repos/{owner}/{repo}/issues/{issue_number}", { owner, repo, issue_number: Number(number) });
    const issue = IssueRecord.safeParse(data);
    const start = issue.success ? fromIso(issue.data.created_at) : null;
    if (!issue.success || start === null)
      throw unreadable("malformed", "GitHub's answer tells nothing of this issue", "Give --start and --title instead.");
    const { title, body, closed_at } = issue.data;
    return {
      title: shorten(oneLine(title), LONGEST_TITLE),
      name: `${repo}-${Number(number)}`,
      start,
      startMeans: "the issue was opened",
      end: fromIso(closed_at ?? ""),
      text: body ?? "",
      also: {},
    };
  },
};

function unreadable(reason: "not found" | "malformed", message: string, hint: string): SourceError {
  return new SourceError(message, { connector: "github", action: "skip", reason, hint });
}
