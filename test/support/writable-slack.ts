import { serveWritable, type WritableAnswer, type WritableRequest, type WritableServer } from "./writable-server.js";

export interface PostedMessage {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly args: Readonly<Record<string, string>>;
  readonly metadata: unknown;
  readonly thread: string | null;
  readonly file: { readonly id: string; readonly title: string; readonly text: string } | null;
}

export interface WritableSlack extends WritableServer {
  readonly channels: {
    id: string;
    name: string;
    is_member: boolean;
    is_private?: boolean;
    is_ext_shared?: boolean;
    is_archived?: boolean;
  }[];
  messages: PostedMessage[];
  /** Summaries of ours, and files in their threads. */
  posts(): PostedMessage[];
  files(): PostedMessage[];
}

type Args = Readonly<Record<string, string>>;
const BOT = { user: "UBOT", bot: "BBOT" };
const LONGEST_TEXT = 40_000;

/** As much of Slack as attaching needs: it keeps messages, metadata, threads and files, and enforces what Slack enforces. */
export async function writableSlack(): Promise<WritableSlack> {
  const uploads = new Map<string, { text: string; length: number }>();
  let tick = 0;
  const nextTs = () => `${1_772_700_000 + (tick += 1)}.000100`;
  const methods: Readonly<Record<string, (args: Args) => object>> = {
    "auth.test": () => ({ url: "https://acme.slack.com/", team_id: "T1", user_id: BOT.user, bot_id: BOT.bot, user: "timeline" }),
    "conversations.list": () => ({ channels: slack.channels }),
    "conversations.info": ({ channel }) => withChannel(channel, (found) => ({ channel: found })),
    "conversations.history": ({ channel, oldest, include_all_metadata }) =>
      withChannel(channel, ({ id }) => ({
        messages: slack.messages
          .filter((each) => each.channel === id && each.thread === null && Number(each.ts) >= Number(oldest ?? 0))
          .map((each) => shownOf(each, include_all_metadata === "true"))
          .reverse(),
      })),
    "conversations.replies": ({ channel, ts }) =>
      withChannel(channel, ({ id }) => ({
        messages: slack.messages
          .filter((each) => each.channel === id && (each.ts === ts || each.thread === ts))
          .map((each) => shownOf(each, false)),
      })),
    "chat.postMessage": (args) => withChannel(args["channel"], ({ id }) => post(id, args)),
    "chat.update": (args) => withChannel(args["channel"], ({ id }) => edit(id, args)),
    "files.getUploadURLExternal": ({ length }) => {
      const id = `F${uploads.size + 1}`;
      uploads.set(id, { text: "", length: Number(length) });
      return { upload_url: `${slack.url}/upload/v1/${id}`, file_id: id };
    },
    "files.completeUploadExternal": ({ files, channel_id, thread_ts }) =>
      withChannel(channel_id, ({ id }) => share(files!, id, thread_ts ?? null)),
    "files.delete": ({ file }) => {
      const before = slack.messages.length;
      slack.messages = slack.messages.filter((each) => each.file?.id !== file);
      return slack.messages.length === before ? failed("file_not_found") : {};
    },
  };
  const server = await serveWritable((request) => answer(request));
  const slack: WritableSlack = Object.assign(server, {
    channels: [
      { id: "C1", name: "inc-1", is_member: true },
      { id: "C2", name: "incidents", is_member: true },
      { id: "C3", name: "secret", is_member: true, is_private: true },
      { id: "C4", name: "partners", is_member: true, is_ext_shared: true },
    ],
    messages: [] as PostedMessage[],
    posts: () => slack.messages.filter((each) => each.user === BOT.user && each.thread === null),
    files: () => slack.messages.filter((each) => each.file !== null),
  });
  return slack;

  function answer({ path, body, headers }: WritableRequest): WritableAnswer {
    const upload = /^\/upload\/v1\/(F\d+)$/.exec(path)?.[1];
    if (upload !== undefined) {
      const known = uploads.get(upload);
      if (known === undefined || known.length !== body.byteLength || headers.authorization !== undefined)
        return { status: 400, body: "bad" };
      uploads.set(upload, { ...known, text: body.toString("utf8") });
      return { body: `OK - ${body.byteLength}` };
    }
    const method = methods[path.replace("/api/", "")];
    if (method === undefined) return { body: failed("unknown_method") };
    return { body: { ok: true, ...method(Object.fromEntries(new URLSearchParams(body.toString("utf8")))) } };
  }

  function withChannel(named: string | undefined, work: (channel: WritableSlack["channels"][number]) => object): object {
    const channel = slack.channels.find(({ id }) => id === named);
    if (channel === undefined) return failed("channel_not_found");
    return channel.is_member ? work(channel) : failed("not_in_channel");
  }

  function post(channel: string, args: Args): object {
    if ((args["text"] ?? "").length > LONGEST_TEXT) return failed("msg_too_long");
    if (slack.channels.find(({ id }) => id === channel)?.is_archived === true) return failed("is_archived");
    const metadata: unknown = args["metadata"] === undefined ? null : JSON.parse(args["metadata"]);
    const message = {
      channel,
      ts: nextTs(),
      user: BOT.user,
      text: args["text"] ?? "",
      args,
      metadata,
      thread: args["thread_ts"] ?? null,
      file: null,
    };
    slack.messages.push(message);
    return { channel, ts: message.ts };
  }

  function edit(channel: string, args: Args): object {
    if (slack.channels.find(({ id }) => id === channel)?.is_archived === true) return failed("is_archived");
    const index = slack.messages.findIndex((each) => each.channel === channel && each.ts === args["ts"]);
    const known = slack.messages[index];
    if (known === undefined) return failed("message_not_found");
    if (known.user !== BOT.user) return failed("cant_update_message");
    slack.messages[index] = { ...known, text: args["text"] ?? "", args };
    return { channel, ts: known.ts };
  }

  function share(files: string, channel: string, thread: string | null): object {
    for (const { id, title } of JSON.parse(files) as { id: string; title: string }[]) {
      const file = { id, title, text: uploads.get(id)?.text ?? "" };
      slack.messages.push({ channel, ts: nextTs(), user: BOT.user, text: "", args: {}, metadata: null, thread, file });
    }
    return {};
  }
}

function failed(error: string): object {
  return { ok: false, error };
}

function shownOf({ ts, user, text, metadata, thread, file }: PostedMessage, withMetadata: boolean): object {
  return {
    type: "message",
    ts,
    user,
    text,
    ...(user === BOT.user ? { bot_id: BOT.bot } : {}),
    ...(thread === null ? {} : { thread_ts: thread }),
    ...(withMetadata && metadata !== null ? { metadata } : {}),
    ...(file === null ? {} : { files: [{ id: file.id, title: file.title, user, mode: "snippet" }] }),
  };
}
