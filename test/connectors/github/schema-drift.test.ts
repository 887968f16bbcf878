import { describe, expect, it } from "vitest";
import { deployments } from "../../../connectors/github/deployments.js";
import { pulls } from "../../../connectors/github/pulls.js";
import { runs } from "../../../connectors/github/runs.js";
import type { Source } from "../../../src/contract/connector.js";
import type { GithubConfig } from "../../../connectors/github/config.js";
import { deploymentRow, jobRow, pullNode, runRow, searchBody } from "./answers.js";
import { bench, gapsOf, idsOf, walk } from "./fake.js";

const AT = "2026-03-04T11:00:00Z";

interface Subject {
  readonly source: Source<GithubConfig>;
  readonly record: Record<string, unknown>;
  readonly page: (records: readonly unknown[]) => unknown;
}

const subjects: Record<string, Subject> = {
  pull: { source: pulls, record: pullNode(1, AT), page: (nodes) => searchBody(nodes) },
  run: { source: runs, record: runRow(1, AT), page: (rows) => ({ total_count: rows.length, workflow_runs: rows }) },
  deployment: { source: deployments, record: deploymentRow(1, AT), page: (rows) => rows },
};

const changed = Object.entries(subjects).flatMap(([name, { record }]) =>
  Object.keys(record).flatMap((field) =>
    (["dropped", "null", "retyped"] as const).map((how) => ({ name, field, how, broken: change(record, field, how) })),
  ),
);

function change(record: Record<string, unknown>, field: string, how: "dropped" | "null" | "retyped"): Record<string, unknown> {
  const { [field]: value, ...rest } = record;
  if (how === "dropped") return rest;
  return { ...rest, [field]: how === "null" ? null : typeof value === "string" ? { an: "object" } : "a text" };
}

describe("a field that is missing, null or of another type", () => {
  it.each(changed)("$name: $field $how", async ({ name, broken }) => {
    const { source, record, page } = subjects[name]!;
    const good = name === "pull" ? { ...record, number: 2 } : { ...record, id: 2 };
    const made = bench((path) =>
      path.endsWith("/statuses") ? [] : path.endsWith("/jobs") ? { jobs: [jobRow(1, "x", AT)] } : page([broken, good]),
    );
    const pages = await walk(source, made, made.context.window.spans.change);
    const ids = idsOf(pages);
    const lost = gapsOf(pages);
    // It is read without the field, or it is the one record that is lost and counted.
    expect(ids.some((id) => id.endsWith("#2") || /\/2(?:\/1)?$/.test(id))).toBe(true);
    expect(ids.length + lost.reduce((sum, gap) => sum + (gap.count ?? 0), 0)).toBe(2);
    expect(lost.every((gap) => gap.reason === "malformed")).toBe(true);
  });
});
