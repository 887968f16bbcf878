import type { Destination, Place } from "../../../src/contract/destination.js";
import type { AttachConfig } from "./config.js";
import { findFiles, writeFiles } from "./files.js";

/** The files of each incident in folders that the section names. */
export const attach: Destination<AttachConfig> = {
  attaches: ({ attach: folders }) =>
    folders.map(
      ({ path, formats, readers }) => `${formats.join(", ")} in ${path}, for ${readers === "everyone" ? "everyone" : "the organisation"}`,
    ),
  places: ({ attach: folders }) =>
    folders.map(({ path, formats, readers }) => ({
      id: `folder/${path}`,
      name: `the folder ${path}`,
      readers: { who: readers },
      takes: "file",
      formats,
      renewed: "content",
    })),
  find: (place, marker, context) => findFiles(pathOf(place), marker, context),
  create: (place, attachment, context) => writeFiles(pathOf(place), attachment, context),
  update: async (place, _remote, attachment, context) =>
    (await findFiles(pathOf(place), attachment.marker, context)) === null ? null : writeFiles(pathOf(place), attachment, context),
  preview: (_place, { files }) => files.map(({ name, text }) => `--- ${name}\n${text}`).join("\n"),
};

function pathOf({ id }: Place): string {
  return id.slice("folder/".length);
}
