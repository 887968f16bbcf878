import type { Destination, Place } from "../../../src/contract/destination.js";
import { SourceError } from "../../../src/kit/errors.js";
import { bodyOf } from "./body.js";
import type { AttachConfig, Hook } from "./config.js";
import { send, type Context } from "./send.js";

/** Services that the section names. There is nothing to look for: a repeat carries the id of the first. */
export const attach: Destination<AttachConfig> = {
  attaches: ({ send: hooks }) =>
    hooks.map(
      ({ name, url, readers }) => `${name} at ${new URL(url).host}, for ${readers === "everyone" ? "everyone" : "the organisation"}`,
    ),
  places: ({ send: hooks }) =>
    hooks.map(({ name, readers }) => ({
      id: `hook/${name}`,
      name: `the webhook ${name}`,
      readers: { who: readers },
      takes: "summary",
      renewed: "content",
    })),
  find: () => Promise.resolve(null),
  create: async (place, attachment, context) => {
    const remote = await send(hookOf(place, context), attachment, context);
    if (remote === null) throw refused(place);
    return remote;
  },
  update: (place, _remote, attachment, context) => send(hookOf(place, context), attachment, context),
  preview: (_place, attachment) => bodyOf(attachment),
};

function hookOf({ id }: Place, { config }: Context): Hook {
  return config.send.find(({ name }) => id === `hook/${name}`)!;
}

function refused({ name }: Place): SourceError {
  return new SourceError(`The receiver of ${name} wants nothing more (410)`, {
    connector: "webhook",
    action: "skip",
    reason: "expired",
    hint: "Take it out of webhook.send.",
  });
}
