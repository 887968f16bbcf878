import { z } from "zod";
import type { NoticeReport } from "../../../src/contract/notice.js";
import { fromIso, type EpochMicros } from "../../../src/kit/instant.js";
import { oneLine, shorten } from "../../../src/kit/text.js";
import type { Door } from "./config.js";

/** What a body says, once its sender is known. */
export interface Told {
  /** null: the headers have it. */
  readonly delivery: string | null;
  /** When the sender wrote it; null: the signature's time is judged. */
  readonly sentAt: EpochMicros | null;
  /** null: it tells of something else than an incident. */
  readonly report: NoticeReport | null;
}

/** null: the body is not of this shape. */
export type ReadBody = (body: unknown, door: Door, now: EpochMicros) => Told | null;

const LONGEST_TITLE = 300;

export const Id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);
export const Instant = z
  .string()
  .transform((text) => fromIso(text))
  .refine((at) => at !== null);
/** http or https, or nothing. */
export const Link = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .nullish()
  .catch(null)
  .transform((url) => url ?? null);
export const Text = z
  .string()
  .nullish()
  .catch(null)
  .transform((text) => (text == null || text.trim() === "" ? null : oneLine(text)));

export type Facts = Pick<NoticeReport, "start" | "end" | "severity" | "url"> & {
  readonly id: string;
  readonly title: string | null;
  readonly visibility?: NoticeReport["visibility"];
  /** What the sender calls the services. */
  readonly services?: readonly (string | null)[];
  readonly marks?: readonly string[];
  readonly startIsUnknown?: true;
};

/** A report of what a sender says. What it is called by is the sender's own id, never its text. */
export function reportOf(
  door: Pick<Door, "name" | "services">,
  { id, title, services = [], marks = [], visibility = "public", ...rest }: Facts,
): NoticeReport {
  const key = `webhook:${door.name}/${id}`;
  const name = `${door.name}-${id}`;
  const ours = new Map(Object.entries(door.services));
  const known = services.flatMap((service) => (service === null ? [] : (ours.get(service) ?? [])));
  return {
    ...rest,
    key,
    name,
    title: shorten(title ?? name, LONGEST_TITLE),
    visibility,
    also: {},
    wishes: { services: [...new Set(known)], only: {}, destinations: null },
    marks: [key, ...marks, ...(rest.url === null ? [] : [`url:${rest.url}`])],
  };
}
