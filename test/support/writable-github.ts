import { serveWritable, type WritableAnswer, type WritableRequest, type WritableServer } from "./writable-server.js";

export interface IssueComment {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string };
}

export interface WritableGithub extends WritableServer {
  repository: { private: boolean; visibility?: string };
  comments: IssueComment[];
}

const LONGEST_BODY = 65_536;

/** As much of GitHub as attaching needs: one issue, `acme/shop#12`, and its comments. */
export async function writableGithub(): Promise<WritableGithub> {
  let ids = 1_000_000;
  const server = await serveWritable((request) => answer(request));
  const github: WritableGithub = Object.assign(server, { repository: { private: true }, comments: [] as IssueComment[] });
  return github;

  function answer({ method, path, query, body }: WritableRequest): WritableAnswer {
    const said = body.byteLength === 0 ? {} : (JSON.parse(body.toString("utf8")) as { body?: string });
    const edited = /^\/repos\/acme\/shop\/issues\/comments\/(\d+)$/.exec(path)?.[1];
    if ((said.body?.length ?? 0) > LONGEST_BODY) return { status: 422, body: { message: "Validation Failed" } };
    if (path === "/user") return { body: { login: "timeline-app" } };
    if (path === "/repos/acme/shop") return { body: github.repository };
    if (path === "/repos/acme/shop/issues/12") return { body: { title: "Incident", created_at: "2026-03-04T11:20:00Z" } };
    if (path === "/repos/acme/shop/issues/12/comments") return method === "POST" ? create(said.body ?? "") : list(query);
    return edited !== undefined && method === "PATCH" ? edit(Number(edited), said.body ?? "") : notFound();
  }

  function list(query: URLSearchParams): WritableAnswer {
    const [size, page] = [Number(query.get("per_page") ?? 30), Number(query.get("page") ?? 1)];
    return { body: github.comments.slice((page - 1) * size, page * size) };
  }

  function create(body: string): WritableAnswer {
    const comment = { id: (ids += 1), body, user: { login: "timeline-app" } };
    github.comments.push(comment);
    return { status: 201, body: comment };
  }

  function edit(id: number, body: string): WritableAnswer {
    const index = github.comments.findIndex((each) => each.id === id);
    const known = github.comments[index];
    if (known === undefined) return notFound();
    github.comments[index] = { ...known, body };
    return { body: github.comments[index] };
  }
}

function notFound(): WritableAnswer {
  return { status: 404, body: { message: "Not Found" } };
}
