import { slackSchema, type SlackConfig } from "../../../connectors/slack/config.js";
import type { SourceContext } from "../../../src/contract/connector.js";
import type { JsonValue } from "../../../src/contract/evidence.js";
import { Secret } from "../../../src/contract/secret.js";
import { replay, type Exchange, type Replay } from "../../../src/contract/testing/replay.js";
import { windowOf } from "../../../src/contract/testing/collect-scenario.js";

/** One call of the Web API and its answer; `ok` is true unless the body says otherwise. */
export function answer(method: string, body: Record<string, unknown>, params: Readonly<Record<string, string>> = {}): Exchange {
  return { method: "POST", path: `/api/${method}`, params, body: { ok: true, ...body } };
}

export function refused(method: string, error: string, more: Record<string, unknown> = {}): Exchange {
  return answer(method, { ok: false, error, ...more });
}

export interface Setting {
  readonly config?: Partial<SlackConfig>;
  readonly data?: Readonly<Record<string, string>>;
  /** What an earlier build was answered. */
  readonly remembered?: Readonly<Record<string, JsonValue>>;
}

/** A context against recorded exchanges. `window` is 11:00 to 13:00 on the fourth of March 2026. */
export function contextOf(
  exchanges: readonly Exchange[],
  setting: Setting = {},
): { context: SourceContext<SlackConfig>; recorded: Replay } {
  const recorded = replay(exchanges);
  const memory = new Map<string, JsonValue>(Object.entries(setting.remembered ?? {}));
  const standard = slackSchema.parse({ apiUrl: "https://slack.example/api/" });
  const context: SourceContext<SlackConfig> = {
    config: { ...standard, token: new Secret("xoxb-made-up"), ...setting.config },
    identity: { tenant: "T0ACME", data: { url: "https://acme.slack.com/", botName: "timeline", actsAs: "bot", ...setting.data } },
    window: windowOf("2026-03-04T11:00:00Z", "2026-03-04T13:00:00Z", { start: "2026-03-04T11:20:00Z" }),
    now: 1772800000000000,
    fetch: recorded.fetch,
    signal: new AbortController().signal,
    recall: async (key, options, load) => {
      const known = memory.get(key);
      if (known !== undefined && options.force !== true) return known;
      const loaded = await load();
      memory.set(key, loaded);
      return loaded;
    },
    discovered: async () => [],
  };
  return { context, recorded };
}
