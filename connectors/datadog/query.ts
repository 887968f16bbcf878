/**
 * Metric queries as text: `aggregator:metric{scope} by {tags}.function(...)`, inside functions and arithmetic.
 * Source: "Metrics advanced filtering" and "Rollup", docs.datadoghq.com.
 */

/** One `metric{scope}` of a query, with what belongs to it. Positions are offsets into the text. */
interface MetricExpression {
  readonly aggregator: string;
  readonly metric: string;
  readonly scope: string;
  readonly groupBy: string;
  /** After the braces of the scope and the grouping. */
  readonly end: number;
  readonly calls: readonly { readonly name: string; readonly end: number }[];
}

/** The query with an explicit roll-up for each metric that has none: without it long spans hide short peaks. */
export function withRollup(query: string, step: number): string {
  let text = "";
  let from = 0;
  for (const expression of expressionsOf(query)) {
    if (expression.calls.some((call) => call.name === "rollup")) continue;
    const modifier = expression.calls.findLast((call) => call.name === "as_count" || call.name === "as_rate");
    const at = modifier?.end ?? expression.end;
    const method = methodOf(expression);
    text += `${query.slice(from, at)}.rollup(${method === null ? step : `${method}, ${step}`})`;
    from = at;
  }
  return text + query.slice(from);
}

/** Whether the answer may hold several series: said by the query, so that names do not depend on the answer. */
export function givesSeveralSeries(query: string): boolean {
  return expressionsOf(query).some((expression) => expression.groupBy.trim() !== "");
}

export function seriesType(query: string): "gauge" | "count" | "rate" {
  const calls = new Set(expressionsOf(query).flatMap((expression) => expression.calls.map((call) => call.name)));
  return calls.has("as_count") ? "count" : calls.has("as_rate") ? "rate" : "gauge";
}

/** The first metric of the query, for a link to its graph. */
export function firstMetric(query: string): Pick<MetricExpression, "aggregator" | "metric" | "scope"> | null {
  return expressionsOf(query)[0] ?? null;
}

/** False when commas outside of all brackets make it several queries. */
export function isOneQuery(query: string): boolean {
  let depth = 0;
  for (let at = 0; at < query.length; at += 1) {
    const char = query[at]!;
    if (isQuote(char)) at = afterQuote(query, at) - 1;
    else if ("({[".includes(char)) depth += 1;
    else if (")}]".includes(char)) depth -= 1;
    else if (char === "," && depth === 0) return false;
  }
  return true;
}

/** Percentiles come from distributions, whose roll-up takes no method. */
function methodOf(expression: MetricExpression): string | null {
  if (/^p\d/.test(expression.aggregator)) return null;
  if (expression.calls.some((call) => call.name === "as_count")) return "sum";
  return expression.aggregator === "max" || expression.aggregator === "min" ? expression.aggregator : "avg";
}

function expressionsOf(query: string): readonly MetricExpression[] {
  const found: MetricExpression[] = [];
  for (let at = 0; at < query.length; at += 1) {
    if (isQuote(query[at]!)) at = afterQuote(query, at) - 1;
    else if (query[at] === "{") {
      const expression = expressionAt(query, at);
      const closed = query[expression.end - 1] === "}";
      if (closed && expression.metric !== "") found.push(expression);
      at = (expression.calls.at(-1)?.end ?? expression.end) - 1;
    }
  }
  return found;
}

/** `brace` is where the scope opens. The name stands before it. */
function expressionAt(query: string, brace: number): MetricExpression {
  let start = brace;
  while (start > 0 && /[\w.:/-]/.test(query[start - 1]!)) start -= 1;
  const name = query.slice(start, brace);
  const colon = name.indexOf(":");
  const scopeEnd = afterBrackets(query, brace);
  const grouping = groupingAt(query, scopeEnd);
  const end = grouping === null ? scopeEnd : afterBrackets(query, grouping);
  return {
    aggregator: colon < 0 ? "avg" : name.slice(0, colon).toLowerCase(),
    metric: name.slice(colon + 1),
    scope: query.slice(brace + 1, scopeEnd - 1),
    groupBy: grouping === null ? "" : query.slice(grouping + 1, end - 1),
    end,
    calls: callsAt(query, end),
  };
}

/** Where the brace after `by` is, when `by` is what follows. */
function groupingAt(query: string, from: number): number | null {
  const by = afterSpaces(query, from);
  if (query.slice(by, by + 2).toLowerCase() !== "by") return null;
  const brace = afterSpaces(query, by + 2);
  return query[brace] === "{" ? brace : null;
}

function callsAt(query: string, from: number): MetricExpression["calls"] {
  const calls: { name: string; end: number }[] = [];
  let at = from;
  for (;;) {
    const dot = afterSpaces(query, at);
    if (query[dot] !== ".") return calls;
    const start = afterSpaces(query, dot + 1);
    let open = start;
    while (open < query.length && /\w/.test(query[open]!)) open += 1;
    const bracket = afterSpaces(query, open);
    if (open === start || query[bracket] !== "(") return calls;
    at = afterBrackets(query, bracket);
    calls.push({ name: query.slice(start, open).toLowerCase(), end: at });
  }
}

/** Behind the bracket that closes the one at `open`, or the end of the text. */
function afterBrackets(query: string, open: number): number {
  let depth = 0;
  for (let at = open; at < query.length; at += 1) {
    const char = query[at]!;
    if (isQuote(char)) at = afterQuote(query, at) - 1;
    else if ("({[".includes(char)) depth += 1;
    else if (")}]".includes(char) && (depth -= 1) === 0) return at + 1;
  }
  return query.length;
}

function afterSpaces(query: string, from: number): number {
  let at = from;
  while (at < query.length && /\s/.test(query[at]!)) at += 1;
  return at;
}

function afterQuote(query: string, open: number): number {
  const close = query.indexOf(query[open]!, open + 1);
  return close < 0 ? query.length : close + 1;
}

function isQuote(char: string): boolean {
  return char === '"' || char === "'";
}
