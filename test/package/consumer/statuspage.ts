import {
  checkConnector,
  defineConnector,
  fromIso,
  isoPrecisionMicros,
  plain,
  Secret,
  secret,
  SourceError,
  windowOf,
  z,
  type ConnectorScenario,
  type Evidence,
  type Gap,
  type VendorPolicy,
} from "incident-timeline/connector";

/** A connector as somebody writes one outside this package: the updates of a status page. */
const schema = z.strictObject({ token: secret("STATUSPAGE_TOKEN", "reads the page"), apiUrl: z.url(), pages: z.array(z.string()) });

interface Config {
  readonly token: Secret;
  readonly apiUrl: string;
  readonly pages: readonly string[];
}

const Update = z.object({ id: z.string(), posted_at: z.string(), text: z.string() });

const wire: VendorPolicy = { concurrency: 2, bucketOf: () => "all", perMinute: () => null, judge: () => null };

export const statuspage = defineConnector<Config>({
  id: "statuspage",
  name: "Status page",
  config: { schema, isVendorHost: (host) => host === "status.example", baseUrls: ({ apiUrl }) => [apiUrl] },
  kinds: { "statuspage.update.posted": { placedBy: ["posted"], category: "conversation", says: "status page: {body}" } },
  wire,
  identify: async () => ({ tenant: "example", data: {} }),
  sources: [
    {
      id: "updates",
      categories: ["conversation"],
      plan: async ({ config, window }) => ({
        scopes: config.pages.map((page) => ({
          scope: page,
          name: page,
          wanted: [{ ...window.spans.conversation, purpose: "window" as const }],
        })),
      }),
      async *collect({ scope }, span, { config, fetch }) {
        for (let page: string | null = "1"; page !== null;) {
          const url = new URL(`${config.apiUrl}/pages/${scope}/updates`);
          url.searchParams.set("page", page);
          const answer = await fetch(url, { headers: { authorization: `Bearer ${config.token.reveal()}` } });
          if (answer.status === 401)
            throw new SourceError("the token is refused", { connector: "statuspage", action: "stop", reason: "forbidden" });
          const { updates, next } = (await answer.json()) as { updates: unknown[]; next: string | null };
          const evidence: Evidence[] = [];
          const gaps: Gap[] = [];
          for (const raw of updates) {
            const update = Update.safeParse(raw);
            if (update.success) evidence.push(toEvidence(scope, update.data));
            else
              gaps.push({
                source: "updates",
                scope,
                span: null,
                reason: "malformed",
                count: 1,
                detail: "an update without a time",
                hint: null,
              });
          }
          page = next;
          yield { evidence, gaps, covered: next === null ? [{ source: "updates", scope, span }] : [] };
        }
      },
    },
  ],
});

function toEvidence(scope: string, { id, posted_at, text }: z.infer<typeof Update>): Evidence {
  return {
    id: `statuspage:${scope}:${id}`,
    connector: "statuspage",
    source: "updates",
    scope,
    kind: "statuspage.update.posted",
    times: [{ meaning: "posted", at: fromIso(posted_at), precisionMicros: isoPrecisionMicros(posted_at), sourceText: posted_at }],
    actor: null,
    title: "",
    body: plain(text),
    url: `https://status.example/${scope}/${id}`,
    refs: [],
    visibility: "public",
    signals: { automated: true },
    payload: { text },
  };
}

const path = "/pages/shop/updates";
const update = (id: string, posted_at: string) => ({ id, posted_at, text: `Update ${id}: we are looking at checkout` });

export const scenario: ConnectorScenario = {
  name: "two pages of updates, one of them broken",
  config: { token: new Secret("made-up"), apiUrl: "http://127.0.0.1:1", pages: ["shop"] },
  window: windowOf("2026-03-04T11:00:00Z", "2026-03-04T13:00:00Z"),
  now: fromIso("2026-03-05T00:00:00Z")!,
  exchanges: [
    { method: "GET", path, params: { page: "1" }, body: { updates: [update("a", "2026-03-04T11:40:00.250Z"), { id: "b" }], next: "2" } },
    { method: "GET", path, params: { page: "2" }, body: { updates: [update("c", "2026-03-04T13:20:00+01:00")], next: null } },
  ],
  expect: {
    evidenceIds: ["statuspage:shop:a", "statuspage:shop:c"],
    gaps: [{ scope: "shop", reason: "malformed" }],
  },
};

/** None: the connector keeps the contract. */
export const problems: Promise<string[]> = checkConnector(statuspage, [scenario]);
