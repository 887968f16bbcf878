import type { Look, LookContext, NoticeProblem, NoticeReport } from "../../src/contract/notice.js";
import { SourceError } from "../../src/kit/errors.js";
import { fromIso, MICROS_PER_DAY, type EpochMicros } from "../../src/kit/instant.js";
import { oneLine, shorten } from "../../src/kit/text.js";
import { incidentChannels, INCIDENTS_PAGE, searchIncidents } from "./client.js";
import { appBase, type DatadogConfig } from "./config.js";
import { IncidentRecord } from "./records.js";

type Context = LookContext<DatadogConfig>;

const LONGEST_TITLE = 200;
/** What began longer before is forgotten rather than open. */
const OLDEST = 30 * MICROS_PER_DAY;
const MOST_PAGES = 10;
/** A call each, so that there is an end to them. */
const MOST_CHANNELS = 50;

/** As its state says: what is resolved is told for as long as that matters. */
export async function lookAtIncidents(severities: readonly string[], context: Context): Promise<Look> {
  const problems: NoticeProblem[] = [];
  const reports: NoticeReport[] = [];
  let asked = 0;
  for (const raw of await incidentsOf(severities, context, problems)) {
    const incident = IncidentRecord.safeParse(raw);
    const start = incident.success ? startOf(incident.data) : null;
    if (!incident.success || start === null) {
      problems.push({ place: "incidents", text: "an incident has another shape than documented" });
      continue;
    }
    const end = fromIso(incident.data.attributes.resolved ?? "");
    if (end !== null && end < context.since) continue;
    const channels = end === null && ++asked <= MOST_CHANNELS ? await channelsOf(incident.data, context) : [];
    reports.push(reportOf(incident.data, start, end !== null && end >= start ? end : null, channels, context.config));
  }
  return { reports, problems };
}

async function incidentsOf(severities: readonly string[], context: Context, problems: NoticeProblem[]): Promise<unknown[]> {
  const query = `state:(active OR stable OR resolved) AND severity:(${severities.join(" OR ")})`;
  const all: unknown[] = [];
  for (let page = 0; page < MOST_PAGES; page++) {
    const rows = await searchIncidents(context, query, page * INCIDENTS_PAGE);
    all.push(...rows);
    const last = IncidentRecord.safeParse(rows.at(-1));
    const created = last.success ? fromIso(last.data.attributes.created) : null;
    if (rows.length < INCIDENTS_PAGE || (created !== null && created < context.since - OLDEST)) return all;
  }
  problems.push({ place: "incidents", text: `there are more than ${MOST_PAGES * INCIDENTS_PAGE}: older ones are not looked at` });
  return all;
}

/** When customers felt it, else when somebody saw it, else when it was written down. */
function startOf({ attributes }: IncidentRecord): EpochMicros | null {
  const { customer_impact_start, detected, declared, created } = attributes;
  return [customer_impact_start, detected, declared, created].map((text) => fromIso(text ?? "")).find((at) => at !== null) ?? null;
}

/** Without them the incident is one all the same. */
async function channelsOf({ id }: IncidentRecord, context: Context): Promise<readonly string[]> {
  try {
    return (await incidentChannels(context, id)).filter((channel) => /^[A-Z][A-Z0-9]{2,20}$/.test(channel));
  } catch (error) {
    if (error instanceof SourceError && error.action === "skip") return [];
    throw error;
  }
}

function reportOf(
  { id, attributes }: IncidentRecord,
  start: EpochMicros,
  end: EpochMicros | null,
  channels: readonly string[],
  config: DatadogConfig,
): NoticeReport {
  const { public_id, title, severity, fields, visibility } = attributes;
  const key = `datadog:incident/${id}`;
  const url = public_id === null ? null : `${appBase(config)}/incidents/${public_id}`;
  const name = `datadog-incident-${public_id ?? id}`;
  return {
    key,
    title: shorten(oneLine(title ?? "") || name, LONGEST_TITLE),
    name,
    start,
    end,
    severity: severity ?? fields?.severity?.value?.[0] ?? null,
    url,
    visibility: visibility === "private" ? "private" : "public",
    also: {},
    wishes: { services: fields?.services?.value ?? [], only: {}, destinations: null },
    marks: [key, ...channels.map((channel) => `slack:${channel}`), ...(url === null ? [] : [`url:${url}`])],
  };
}
