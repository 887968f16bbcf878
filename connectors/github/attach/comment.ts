import { z } from "zod";
import type { AttachContext, Attachment, Readers, Remote } from "../../../src/contract/destination.js";
import { SourceError } from "../../../src/kit/errors.js";
import { connect, type GithubClient } from "../client.js";
import type { GithubConfig } from "../config.js";
import { ownerAndRepo } from "../repository.js";
import { commentBody } from "./text.js";

export type Context = AttachContext<GithubConfig>;

/** `acme/shop#12` */
export interface Issue {
  readonly repo: string;
  readonly number: number;
}

const PAGE = 100;
const RepositoryRecord = z.object({ private: z.boolean(), visibility: z.string().optional().catch(undefined) });
const CommentRecord = z.object({ id: z.number(), body: z.string().nullish(), user: z.object({ login: z.string() }).nullish() });
const LoginRecord = z.object({ login: z.string().min(1) });
const ViewerRecord = z.object({ data: z.object({ viewer: LoginRecord }) });

/** Of a public repository everyone. Source: "Get a repository". @throws {SourceError} */
export async function readersOf({ repo }: Issue, context: Context): Promise<Readers> {
  const client = await connect(context);
  const { data } = await client.get("/repos/{owner}/{repo}", ownerAndRepo(repo));
  const about = RepositoryRecord.safeParse(data);
  if (!about.success) throw malformed("the repository");
  return { who: about.data.private && about.data.visibility !== "public" ? "organisation" : "everyone" };
}

/** Of our own login, with our marker. Source: "List issue comments". @throws {SourceError} */
export async function findComment(issue: Issue, marker: string, context: Context): Promise<Remote | null> {
  const client = await connect(context);
  const own = await loginOf(client);
  for (let page = 1; ; page += 1) {
    const route = "/repos/{owner}/{repo}/issues/{issue_number}/comments";
    const { data } = await client.get(route, { ...parametersOf(issue), per_page: PAGE, page });
    if (!Array.isArray(data)) throw malformed("the comments");
    for (const raw of data as unknown[]) {
      const { id, body, user } = CommentRecord.safeParse(raw).data ?? {};
      if (id !== undefined && isOurs(user?.login, own) && body?.startsWith(`<!-- ${marker} -->`) === true) return { id: String(id) };
    }
    if (data.length < PAGE) return null;
  }
}

/** Source: "Create an issue comment". @throws {SourceError} */
export async function createComment(issue: Issue, attachment: Attachment, context: Context): Promise<Remote> {
  const client = await connect(context);
  const body = commentBody(attachment.summary, attachment.marker);
  const { data } = await client.send("POST", "/repos/{owner}/{repo}/issues/{issue_number}/comments", { ...parametersOf(issue), body });
  const comment = CommentRecord.safeParse(data);
  if (!comment.success) throw malformed("the new comment");
  return { id: String(comment.data.id) };
}

/** Source: "Update an issue comment". null: somebody took it away. @throws {SourceError} */
export async function updateComment(issue: Issue, remote: Remote, attachment: Attachment, context: Context): Promise<Remote | null> {
  const client = await connect(context);
  const body = commentBody(attachment.summary, attachment.marker);
  const comment = { ...ownerAndRepo(issue.repo), comment_id: Number(remote["id"]), body };
  try {
    await client.send("PATCH", "/repos/{owner}/{repo}/issues/comments/{comment_id}", comment);
    return remote;
  } catch (error) {
    if (!(error instanceof SourceError) || !["not found", "expired"].includes(error.reason)) throw error;
    // The same answer is given for a repository that may not be seen any more: then this throws as well.
    await client.get("/repos/{owner}/{repo}/issues/{issue_number}", parametersOf(issue));
    return null;
  }
}

/** Tokens of apps and workflows have no user of their own; who they are is told elsewhere. */
async function loginOf(client: GithubClient): Promise<string> {
  const user = await client.get("/user", {}).catch((error: unknown) => {
    if (error instanceof SourceError && error.action === "skip") return null;
    throw error;
  });
  const login = LoginRecord.safeParse(user?.data);
  if (login.success) return login.data.login;
  const viewer = ViewerRecord.safeParse((await client.graphql("query { viewer { login } }", {})).data);
  if (viewer.success) return viewer.data.data.viewer.login;
  throw malformed("who the token belongs to");
}

function isOurs(login: string | undefined, own: string): boolean {
  const [theirs, ours] = [login?.toLowerCase(), own.toLowerCase()];
  return theirs === ours || theirs === `${ours}[bot]`;
}

function parametersOf({ repo, number }: Issue) {
  return { ...ownerAndRepo(repo), issue_number: number };
}

function malformed(what: string): SourceError {
  return new SourceError(`GitHub's answer does not tell ${what}`, {
    connector: "github",
    action: "retry",
    reason: "malformed",
    hint: "The next time it is looked up before it is sent again.",
  });
}
