import { once } from "node:events";
import { createServer } from "node:http";

const BOT = { user: "UBOT", bot: "BBOT" };
/** Requests a minute of one method, as Slack's tiers say; chat.postMessage is one a second for each channel. */
const TIERS = {
  "conversations.list": 20,
  "conversations.history": 50,
  "conversations.replies": 50,
  "conversations.info": 50,
  "users.list": 20,
};

/**
 * Slack, GitHub and a webhook's receiver on loopback: what they say follows from the virtual time, what is written to them
 * is kept and recorded. They lose answers now and then, and refuse what comes too fast.
 */
export async function serveWeek({ incidents, now, random, trouble }) {
  const state = { posts: [], files: [], comments: [], hooks: [], requests: 0, refused: 0, impatient: 0, lost: 0 };
  const uploads = new Map();
  const windows = new Map();
  const byChannel = new Map(incidents.map((incident) => [incident.channel, incident]));
  const byIssue = new Map(incidents.map((incident) => [incident.issue, incident]));
  let ids = 1000;

  const listed = () => incidents.filter(({ start }) => start <= now());
  const channelOf = ({ channel, name, start, over }) => ({
    id: channel,
    name,
    created: Math.floor(start / 1e6),
    is_channel: true,
    is_member: true,
    is_archived: false,
    topic: { value: over <= now() ? `resolved: ${new Date(over / 1000).toISOString()}` : "" },
    purpose: { value: `Checkout trouble ${name}` },
  });
  const deploys = { id: "CDEPLOY", name: "deploys", created: 1_700_000_000, is_channel: true, is_member: true, is_archived: false };
  const info = (id) => (id === deploys.id ? deploys : byChannel.has(id) ? channelOf(byChannel.get(id)) : null);
  const slack = {
    "auth.test": () => ({ url: "https://acme.slack.com/", team_id: "T1", user_id: BOT.user, bot_id: BOT.bot, user: "timeline" }),
    "conversations.list": ({ cursor = "0" }) => {
      const all = [deploys, ...listed().map(channelOf)];
      const from = Number(cursor);
      const next = from + 1000 < all.length ? String(from + 1000) : "";
      return { channels: all.slice(from, from + 1000), response_metadata: { next_cursor: next } };
    },
    "conversations.info": ({ channel }) => (info(channel) === null ? error("channel_not_found") : { channel: info(channel) }),
    "conversations.history": (args) => ({ messages: historyOf(args), has_more: false }),
    "conversations.replies": ({ channel, ts }) => ({
      messages: [...state.posts.filter((each) => each.ts === ts), ...state.files.filter((each) => each.thread === ts)]
        .filter((each) => each.channel === channel)
        .map((each) => shown(each, false)),
      has_more: false,
    }),
    "users.list": () => ({ members: [1, 2, 3, 4, 5].map((n) => ({ id: `U${n}`, name: `user${n}`, profile: {} })) }),
    "usergroups.list": () => ({ usergroups: [] }),
    "chat.postMessage": ({ channel, text, metadata }) => {
      const ts = `${Math.floor(now() / 1e6)}.${String((ids += 1))
        .padStart(6, "0")
        .slice(-6)}`;
      state.posts.push({ channel, ts, text, metadata: metadata === undefined ? null : JSON.parse(metadata) });
      return { channel, ts };
    },
    "chat.update": ({ channel, ts, text }) => {
      const known = state.posts.find((each) => each.channel === channel && each.ts === ts);
      if (known === undefined) return error("message_not_found");
      known.text = text;
      return { channel, ts };
    },
    "files.getUploadURLExternal": () => {
      const id = `F${(ids += 1)}`;
      return { upload_url: `${url}/upload/v1/${id}`, file_id: id };
    },
    "files.completeUploadExternal": ({ files, channel_id: channel, thread_ts: thread }) => {
      for (const { id, title } of JSON.parse(files))
        state.files.push({
          channel,
          thread,
          ts: `${Math.floor(now() / 1e6)}.${(ids += 1)}`,
          file: { id, title, text: uploads.get(id) ?? "" },
        });
      return {};
    },
    "files.delete": ({ file }) => {
      const before = state.files.length;
      state.files = state.files.filter((each) => each.file.id !== file);
      return state.files.length === before ? error("file_not_found") : {};
    },
  };

  function historyOf({ channel, oldest = "0", latest = "9999999999", include_all_metadata: all }) {
    const said = (byChannel.get(channel)?.messages ?? []).filter(({ at }) => at <= now());
    const talk = said.map(({ at, user, text }) => ({ type: "message", ts: tsOf(at), user, text }));
    const ours = state.posts.filter((each) => each.channel === channel).map((each) => shown(each, all === "true"));
    const inside = [...talk, ...ours].filter(({ ts }) => Number(ts) >= Number(oldest) && Number(ts) <= Number(latest));
    return inside.sort((a, b) => Number(b.ts) - Number(a.ts));
  }

  function github(method, path, query, body) {
    if (path === "/user") return [200, { login: "timeline-app", id: 1 }];
    if (path === "/repos/acme/ops") return [200, { private: true, visibility: "private", full_name: "acme/ops", default_branch: "main" }];
    const issue = /^\/repos\/acme\/ops\/issues\/(\d+)$/.exec(path)?.[1];
    if (issue !== undefined && byIssue.has(Number(issue)))
      return [200, { number: Number(issue), title: "Incident", created_at: "2026-03-02T00:00:00Z" }];
    const list = /^\/repos\/acme\/ops\/issues\/(\d+)\/comments$/.exec(path)?.[1];
    if (list !== undefined && method === "POST") {
      const comment = { id: (ids += 1), issue: Number(list), body: JSON.parse(body).body, user: { login: "timeline-app" } };
      state.comments.push(comment);
      return [201, comment];
    }
    if (list !== undefined)
      return [200, Number(query.get("page") ?? 1) > 1 ? [] : state.comments.filter((each) => each.issue === Number(list))];
    const edited = state.comments.find((each) => path === `/repos/acme/ops/issues/comments/${Number(each.id)}`);
    if (edited !== undefined && method === "PATCH") {
      edited.body = JSON.parse(body).body;
      return [200, edited];
    }
    return [404, { message: "Not Found" }];
  }

  /** Seconds to wait; 0: it may be done. Whoever comes back before was impatient. */
  function limited(method, channel) {
    const key = method === "chat.postMessage" ? `${method} ${channel}` : method;
    const [most, span] = method === "chat.postMessage" ? [1, 1e6] : [TIERS[method] ?? Infinity, 60e6];
    const window = windows.get(key) ?? { from: now(), count: 0, until: 0 };
    windows.set(key, window);
    if (now() < window.until) {
      state.impatient += 1;
      return Math.ceil((window.until - now()) / 1e6);
    }
    if (now() - window.from >= span) Object.assign(window, { from: now(), count: 0 });
    window.count += 1;
    if (window.count <= most) return 0;
    window.until = window.from + span;
    return Math.max(1, Math.ceil((window.until - now()) / 1e6));
  }

  function respond(request, body) {
    const target = new URL(request.url, "http://loopback");
    const { pathname: path, searchParams: query } = target;
    if (path.startsWith("/upload/")) {
      uploads.set(path.split("/").at(-1), body);
      return [200, "OK"];
    }
    if (path === "/hook") {
      state.hooks.push({ id: request.headers["webhook-id"], body });
      return [200, {}];
    }
    if (!path.startsWith("/api/")) return github(request.method, path, query, body);
    const method = path.slice("/api/".length);
    const args = Object.fromEntries(new URLSearchParams(body));
    const wait = limited(method, args.channel);
    if (wait > 0) {
      state.refused += 1;
      return [429, error("ratelimited"), { "retry-after": String(wait) }];
    }
    return [200, { ok: true, ...(slack[method]?.(args) ?? error("unknown_method")) }];
  }

  const server = createServer((request, response) => {
    const pieces = [];
    request.on("data", (piece) => pieces.push(piece));
    request.on("end", () => {
      state.requests += 1;
      const [status, said, headers = {}] = respond(request, Buffer.concat(pieces).toString("utf8"));
      if (trouble > 0 && random() < trouble) {
        state.lost += 1;
        return request.socket.resetAndDestroy();
      }
      const text = typeof said === "string" ? said : JSON.stringify(said);
      const type = typeof said === "string" ? "text/plain" : "application/json";
      return response.writeHead(status, { "content-type": type, date: new Date(now() / 1000).toUTCString(), ...headers }).end(text);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}`;
  return { url, state, close: () => (server.closeAllConnections(), server.close()) };
}

function error(code) {
  return { ok: false, error: code };
}

function tsOf(at) {
  return `${Math.floor(at / 1e6)}.${String(at % 1e6).padStart(6, "0")}`;
}

function shown({ ts, text = "", thread, metadata = null, file }, withMetadata) {
  return {
    type: "message",
    ts,
    user: BOT.user,
    bot_id: BOT.bot,
    text,
    ...(thread === undefined ? {} : { thread_ts: thread }),
    ...(withMetadata && metadata !== null ? { metadata } : {}),
    ...(file === undefined ? {} : { files: [{ id: file.id, title: file.title, user: BOT.user, mode: "snippet" }] }),
  };
}
