import type { AboutIncident, Destination, Place } from "../../../src/contract/destination.js";
import type { SlackConfig } from "../config.js";
import { channelId, readersOf, type Context } from "./channel.js";
import { createFile, findFile, updateFile } from "./file.js";
import { createMessage, findMessage, updateMessage } from "./message.js";
import { messageText } from "./text.js";

/** A message in each channel that the section names, and the file in its thread. */
export const attach: Destination<SlackConfig> = {
  attaches: ({ attach: { incidentChannel, channels, file } }) => {
    const named = [...(incidentChannel ? ["the incident's channel"] : []), ...channels];
    return named.length === 0 ? [] : [`a message${file ? ", and a file in its thread," : ""} in ${named.join(", ")}`];
  },
  places: (config, about) => channelsOf(config, about).flatMap((channel) => placesIn(channel, config)),
  readers: async (place, context) => readersOf(await channelOf(place, context), context),
  find: async (place, marker, context) =>
    isFile(place) ? findFile(marker, context) : findMessage(await channelOf(place, context), marker, context),
  create: async (place, attachment, context) =>
    isFile(place) ? createFile(attachment, context) : createMessage(await channelOf(place, context), attachment, context),
  update: (place, remote, attachment, context) =>
    isFile(place) ? updateFile(remote, attachment, context) : updateMessage(remote, attachment, context),
  preview: (place, { summary, files }) => (isFile(place) ? (files[0]?.text ?? "") : messageText(summary)),
};

/** Of the incident's own channels, those that are Slack's; then those of the config. */
function channelsOf({ attach: { incidentChannel, channels } }: SlackConfig, { keys }: AboutIncident): string[] {
  const own = keys.flatMap((key) => (key.startsWith("slack:") ? [key.slice("slack:".length).split(":")[0]!] : []));
  return [...new Set([...(incidentChannel ? own : []), ...channels])];
}

function placesIn(channel: string, { attach: { file } }: SlackConfig): Place[] {
  const [message, name] = [`message/${channel}`, channel.replace(/^#?(?=[a-z])/, "#")];
  // Who can read it is asked; until then nobody from inside is taken for granted.
  const place = { readers: { who: "everyone" } } as const;
  return [
    { ...place, id: message, name: `a message in ${name}`, takes: "summary", renewed: "content" },
    ...(file
      ? [
          {
            ...place,
            id: `file/${channel}`,
            name: `the file in its thread in ${name}`,
            takes: "file",
            within: message,
            renewed: "stage",
          } as const,
        ]
      : []),
  ];
}

function isFile({ id }: Place): boolean {
  return id.startsWith("file/");
}

function channelOf({ id }: Place, context: Context): Promise<string> {
  return channelId(id.slice(id.indexOf("/") + 1), context);
}
