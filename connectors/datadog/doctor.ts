import type { DiagnoseContext, Diagnosis } from "../../src/contract/connector.js";
import { SourceError } from "../../src/kit/errors.js";
import { MICROS_PER_SECOND } from "../../src/kit/instant.js";
import { shorten } from "../../src/kit/text.js";
import { queryMetrics, searchEvents, validateApiKey } from "./client.js";
import type { DatadogConfig } from "./config.js";

type Context = DiagnoseContext<DatadogConfig>;

const LONGEST_LIST = 300;
const SPAN_SECONDS = 60;

/** The vendor checks the API key alone; what the application key may read shows with a small question of each kind. */
export async function diagnose(context: Context): Promise<Diagnosis> {
  await validateApiKey(context);
  const { metrics, events, site } = context.config;
  const until = Math.floor(context.now / MICROS_PER_SECOND);
  const [first] = metrics;
  const refusals = [
    first === undefined
      ? null
      : await refusalOf("timeseries_query", "no metric can be read", () => queryMetrics(context, until - SPAN_SECONDS, until, first.query)),
    events === null
      ? null
      : await refusalOf("events_read", "no alert and no event can be read", () =>
          searchEvents(context, {
            query: events.query,
            fromMs: (until - SPAN_SECONDS) * 1000,
            untilMs: until * 1000,
            limit: 1,
            cursor: null,
          }),
        ),
  ];
  const found = refusals.filter((each) => each !== null);
  return {
    who: `an API key of ${site}`,
    granted: null,
    missing: found.flatMap(({ missing }) => missing ?? []),
    notes: [
      ...found.flatMap(({ note }) => note ?? []),
      ...(metrics.length === 0 && events === null ? ["neither metrics nor events are named: nothing would be read"] : []),
    ],
    reads: [
      ...(metrics.length === 0
        ? []
        : [
            shorten(
              `${metrics.length === 1 ? "1 metric" : `${metrics.length} metrics`}: ${metrics.map(({ name }) => name).join(", ")}`,
              LONGEST_LIST,
            ),
          ]),
      ...(events === null ? [] : [`events: ${shorten(events.query, LONGEST_LIST)}`]),
    ],
    limits: ["Datadog's limits differ by plan; it says with each refusal how long to wait"],
  };
}

interface Refusal {
  readonly missing?: Diagnosis["missing"][number];
  readonly note?: string;
}

/** null: it was answered. A scope that is missing is told apart from a query that is refused. */
async function refusalOf(scope: string, without: string, ask: () => Promise<unknown>): Promise<Refusal | null> {
  try {
    await ask();
    return null;
  } catch (error) {
    if (!(error instanceof SourceError) || error.action === "stop") throw error;
    return error.reason === "forbidden" ? { missing: { scope, without } } : { note: error.message };
  }
}
