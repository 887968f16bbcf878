import { z } from "zod";

/**
 * The remote fields that we use, and only those. What a record cannot do without is required; any other field of
 * another shape than documented counts as not there.
 */
function lenient<T extends z.ZodType>(schema: T) {
  return schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);
}

const text = lenient(z.string());
const texts = lenient(z.array(z.string()));
/** Event ids have 64 bits: as a number they are already spoilt, as text they are whole. */
const bigId = lenient(z.union([z.string().min(1), z.number().int().safe().transform(String)]));
const named = z.object({ name: text, type: text });

const Monitor = z.object({
  id: bigId,
  name: text,
  templated_name: text,
  query: text,
  type: text,
  groups: texts,
  /** `transition_type`, `source_state`, `destination_state` in the API; `trans_name`, `trans_type` in the web hook's form. */
  transition: lenient(z.object({ transition_type: text, source_state: text, destination_state: text, trans_name: text, trans_type: text })),
  /** Seconds. */
  result: lenient(z.object({ result_ts: lenient(z.number()) })),
});

/** Source: "Search events", POST /api/v2/events/search, and the events that the site records. */
export const EventRecord = z.object({
  id: z.string().min(1).max(500),
  attributes: z.object({
    message: text,
    tags: texts,
    /** ISO 8601, whole seconds. */
    timestamp: text,
    attributes: z.object({
      title: text,
      status: text,
      /** Milliseconds. */
      timestamp: lenient(z.number()),
      priority: text,
      service: text,
      hostname: text,
      aggregation_key: text,
      source_type_name: text,
      /** Nanoseconds. */
      duration: lenient(z.number()),
      evt: lenient(z.object({ id: bigId, uid: text, name: text, type: text, category: text, source_id: lenient(z.number()) })),
      monitor_id: bigId,
      monitor_groups: texts,
      monitor: lenient(Monitor),
      author: lenient(named),
      changed_resource: lenient(named),
      impacted_resources: lenient(z.array(named)),
      prev_value: z.unknown().optional(),
      new_value: z.unknown().optional(),
    }),
  }),
});
export type EventRecord = z.output<typeof EventRecord>;

export const EventsAnswer = z.object({
  data: z.array(z.unknown()),
  meta: lenient(
    z.object({
      status: text,
      warnings: lenient(z.array(z.unknown())),
      page: lenient(z.object({ after: text })),
    }),
  ),
});

/** As the client names them. Source: "Query timeseries points", GET /api/v1/query. */
export const SeriesRecord = z.object({
  /** Seconds in what the service sends, though documented as milliseconds. */
  interval: lenient(z.number().positive()),
  tagSet: texts,
  scope: text,
  unit: lenient(z.array(lenient(z.object({ name: text })))),
  /** Milliseconds and value; null where a bucket has no sample. */
  pointlist: z.array(z.unknown()),
});
export type SeriesRecord = z.output<typeof SeriesRecord>;

export const MetricsAnswer = z.object({
  status: z.string(),
  error: text,
  series: lenient(z.array(z.unknown())),
});
export type MetricsAnswer = z.output<typeof MetricsAnswer>;

/** Source: "Get active metrics list". */
export const ActiveMetrics = z.object({ metrics: z.array(z.string()) });

/** Source: "Search for incidents". */
export const IncidentsAnswer = z.object({
  data: z.object({ attributes: z.object({ incidents: z.array(lenient(z.object({ data: z.unknown() }))) }) }),
});

/** Times are ISO 8601 with microseconds. Fields are lists of the organisation's own, `value` a text or several. */
const Field = lenient(z.object({ value: lenient(z.union([z.string().transform((one) => [one]), z.array(z.string())])) }));
export const IncidentRecord = z.object({
  id: z.string().regex(/^[A-Za-z0-9-]{1,100}$/),
  attributes: z.object({
    public_id: lenient(z.int().positive()),
    title: text,
    created: z.string(),
    declared: text,
    detected: text,
    resolved: text,
    customer_impact_start: text,
    severity: text,
    visibility: text,
    fields: lenient(z.object({ severity: Field, services: Field })),
  }),
});
export type IncidentRecord = z.output<typeof IncidentRecord>;

/** Source: "Get a list of an incident's integration metadata": of Slack, channels. */
export const IntegrationsAnswer = z.object({
  data: z.array(
    lenient(
      z.object({
        attributes: lenient(
          z.object({ metadata: lenient(z.object({ channels: lenient(z.array(lenient(z.object({ channel_id: text })))) })) }),
        ),
      }),
    ),
  ),
});
