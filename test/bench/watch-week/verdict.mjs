import { DAY, HOUR, MINUTE } from "./world.mjs";

/** What should have happened against what did. `wrong` has one line for each difference. */
export function verdictOf({ incidents, watched, log, state, reports, slack }) {
  const wrong = [];
  const built = new Map();
  for (const line of log) if (line.event === "built") built.set(line.incident, [...(built.get(line.incident) ?? []), line]);
  const byChannel = new Map(watched.map((each) => [each.reports.flatMap(({ also }) => also.channels ?? [])[0], each]));
  let due = 0;
  let builds = 0;
  for (const { channel, issue, name } of incidents) {
    const record = byChannel.get(channel);
    if (record === undefined) {
      wrong.push(`${name} was not noticed`);
      continue;
    }
    const ends = (built.get(record.id) ?? []).map(({ at, ms }) => ({
      at: Date.parse(at) * 1000,
      began: Date.parse(at) * 1000 - ms * 1000,
    }));
    builds += ends.length;
    for (const instant of instantsOf(record)) {
      due += 1;
      // A process that is killed does its work when the next one is there; a failure is tried again within minutes.
      if (!ends.some(({ at }) => at >= instant && at <= instant + 30 * MINUTE + slack))
        wrong.push(`${name}: no build for ${new Date(instant / 1000).toISOString()}`);
    }
    if (!record.isDone) wrong.push(`${name} is not done`);
    const posts = state.posts.filter((each) => each.channel === channel);
    const files = state.files.filter((each) => each.channel === channel);
    const comments = state.comments.filter((each) => each.issue === issue);
    one(posts, `${name}: messages`, wrong);
    one(files, `${name}: files`, wrong);
    one(comments, `${name}: comments`, wrong);
    const folders = reports.filter((file) => file === `${record.id}.md`);
    one(folders, `${name}: files in the folder`, wrong);
    // The last state: whatever is shown everywhere tells that it is over.
    for (const text of [posts[0]?.text, comments[0]?.body])
      if (text !== undefined && /still open|open since/i.test(text)) wrong.push(`${name}: an old state is shown`);
  }
  const known = new Set(incidents.map(({ channel }) => channel));
  for (const { channel } of state.posts) if (!known.has(channel)) wrong.push(`a message in ${channel}`);
  if (state.impatient > 0) wrong.push(`${state.impatient} requests came before the wait that was asked for was over`);
  return {
    wrong,
    table: {
      "incidents noticed": `${watched.length} of ${incidents.length}`,
      "builds due / missing": `${due} / ${wrong.filter((line) => line.includes("no build")).length}`,
      "builds done": builds,
      "messages, files, comments": `${state.posts.length}, ${state.files.length}, ${state.comments.length}`,
      "deliveries to the webhook, by different content": `${state.hooks.length}, ${new Set(state.hooks.map(({ id }) => id)).size}`,
      "requests, answers lost on the way": `${state.requests}, ${state.lost}`,
      "refused for their rate, sent before the wait was over": `${state.refused}, ${state.impatient}`,
      wrong: wrong.length,
    },
  };
}

/** The schedule as the README gives it, worked out here once more. */
function instantsOf({ noticedAt, overSince }) {
  const instants = [noticedAt, noticedAt + 15 * MINUTE];
  for (let at = noticedAt + HOUR; at < overSince; at += HOUR) instants.push(at);
  return [...instants.filter((at) => at < overSince), overSince, overSince + DAY];
}

function one(list, what, wrong) {
  if (list.length !== 1) wrong.push(`${what}: ${list.length}, not 1`);
}
