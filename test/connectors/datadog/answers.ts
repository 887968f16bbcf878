import type { Exchange } from "../../../src/contract/testing/replay.js";

/** Answers in the shapes of the service. Times are ISO texts here, so that a reader can check them. */
export function query(text: string, from: string, to: string, answer: Partial<Exchange>): Exchange {
  const seconds = (iso: string) => String(Date.parse(iso) / 1000);
  return { method: "GET", path: "/api/v1/query", params: { query: text, from: seconds(from), to: seconds(to) }, ...answer };
}

export function series(fields: { tags?: string[]; interval?: number; unit?: unknown; points: readonly unknown[] }) {
  return {
    metric: "checkout.errors",
    display_name: "checkout.errors",
    scope: fields.tags?.join(",") ?? "env:prod",
    tag_set: fields.tags ?? [],
    interval: fields.interval ?? 20,
    unit: fields.unit ?? null,
    query_index: 0,
    aggr: "sum",
    pointlist: fields.points,
    attributes: {},
  };
}

export function ok(...found: unknown[]): Partial<Exchange> {
  return { body: { status: "ok", res_type: "time_series", resp_version: 1, series: found, error: "" } };
}

export function point(iso: string, value: number | null): readonly [number, number | null] {
  return [Date.parse(iso), value];
}

export function search(cursor: string | null, data: readonly unknown[], after: string | null, meta: object = {}, limit = 1000): Exchange {
  return {
    method: "POST",
    path: "/api/v2/events/search",
    params: { page: JSON.stringify(cursor === null ? { limit } : { limit, cursor }), sort: "timestamp" },
    body: { data, meta: { elapsed: 7, request_id: "r", status: "done", ...(after === null ? {} : { page: { after } }), ...meta } },
  };
}

interface EventFields {
  readonly id?: unknown;
  readonly title?: string;
  readonly message?: string;
  /** ISO; null: the record has none. */
  readonly at?: string | null;
  readonly outer?: string;
  readonly tags?: readonly string[];
  readonly inner?: object;
}

export function event(fields: EventFields) {
  const at = fields.at === undefined ? "2026-03-04T11:20:00.250Z" : fields.at;
  return {
    type: "event",
    id: fields.id ?? "AgAAAZ1",
    attributes: {
      timestamp: fields.outer ?? (at === null ? undefined : at.replace(/\.\d+/, "")),
      message: fields.message ?? "",
      tags: fields.tags ?? [],
      attributes: {
        title: fields.title ?? "Something happened",
        status: "info",
        ...(at === null ? {} : { timestamp: Date.parse(at) }),
        priority: "normal",
        service: "undefined",
        evt: { id: "8407723285051133019", source_id: 100, type: "api" },
        source_type_name: "my_apps",
        ...fields.inner,
      },
    },
  };
}

export function monitorEvent(fields: EventFields & { status: string; transition?: object; groups?: string[] }) {
  return event({
    ...fields,
    inner: {
      status: fields.status,
      evt: { id: "6347850518253279022", source_id: 36, type: "monitor" },
      source_type_name: "Monitor Alert",
      monitor_id: 4711,
      monitor_groups: fields.groups ?? [],
      monitor: {
        id: 4711,
        name: "Checkout error rate",
        query: "sum(last_5m):sum:checkout.errors{env:prod}.as_count() > 50",
        type: "query alert",
        ...(fields.transition === undefined ? {} : { transition: fields.transition }),
        result: { result_ts: 1772623197 },
      },
      ...fields.inner,
    },
  });
}
