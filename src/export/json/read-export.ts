import { z } from "zod";

/** What is looked at of a JSON export; whatever else it has is another matter. */
const JsonExport = z.object({
  format: z.string().startsWith("incident-timeline/"),
  incident: z.object({ id: z.string() }),
  entries: z.array(z.object({ deleted: z.boolean(), evidence: z.array(z.string()) })),
  evidence: z.array(z.object({ id: z.string(), kind: z.string(), hash: z.string(), version: z.number() })),
});
export type JsonExport = z.infer<typeof JsonExport>;

/** null: it is no JSON export. */
export function jsonExport(text: string): JsonExport | null {
  if (!text.startsWith("{")) return null;
  try {
    return JsonExport.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
