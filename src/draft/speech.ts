/** What somebody does by saying something. First rules, English only: what they miss is lower down, not lost. */
export type Act = "action" | "decision" | "finding" | "suspicion" | "status" | "closing" | "recovery" | "help" | "taking";

const RULES: readonly (readonly [Act, RegExp])[] = [
  [
    "closing",
    /\b(?:all clear|incident (?:is )?(?:closed|over|resolved)|closing (?:the|this|it)|resolved\b(?! conflict)|status (?:is )?(?:now )?(?:green|operational)|stand(?:ing)? down)\b/,
  ],
  [
    "recovery",
    /\b(?:back to (?:normal|usual)|recover(?:s|ed|ing)|(?:is|are) back\b|back (?:up|on|online|everywhere)|in sync|healthy again|work(?:s|ing)? again|can log ?in again|normal(?:i[sz]ed)?\b.{0,12}again|open again)\b/,
  ],
  [
    "action",
    /\b(?:rolled back|rolling back|reverted|revert (?:is )?(?:merged|up|out)|merged|deployed|applied|released|shipped|restarted|rebooted|removed|deleted|wiped|blocked|throttled|disabled|enabled|turned (?:it )?o(?:ff|n)|switched (?:it )?o(?:ff|n)|is off|is on\b|pulled|paused|resumed|locked|stopped|drained|scaled (?:up|down|out)|failed over|promoted|restor(?:ed|ing|es?)\b.{0,20}(?:running|started|done|complete|from)|started (?:the )?(?:copy|restore|backup|failover|replay)|changed .{1,60} to |raised .{1,60}(?:limit|to )|taken out|copy (?:is )?(?:done|complete)|locked deploys|deploys? locked|freez(?:e|ing)|frozen)\b/,
  ],
  [
    "decision",
    /\b(?:do (?:it|that)|go (?:ahead|with|for)|let(?:'s|s| us) (?:roll|revert|fail|restore|switch|stop|turn|take|keep|use|disable|move)|decided|decision|we (?:will|'ll|go|keep|fail|take|restore|stop)|agreed|approved|accepted|plan (?:is|:)|the plan|instead of)\b/,
  ],
  [
    "finding",
    /\b(?:found (?:it|the|that|out)|turns out|it is all|it's all|because|caused|points? to|confirmed|not an? attack|ruled out|the (?:issue|problem|culprit|cause) is|show(?:s|ing)? (?:that|only)|only (?:in|on|from)\b|are empty|is empty|was empty|does not exist|there (?:is|are|was|were) no|we (?:have|had) no|nobody noticed|missing since|went out at|started at|since \d{1,2}[:.]\d\d|says? not found)\b/,
  ],
  [
    "suspicion",
    /\b(?:suspect(?:ed|ing)?|could (?:this|it|that) be|looks like|might be|maybe it|my theory|theory|could explain|smells like|related to)\b/,
  ],
  [
    "status",
    /\b(?:status ?page|public (?:page|announcement|post)|status (?:is )?(?:now )?(?:red|yellow|orange)|declared?|sev-?\d|p[0-2]\b|what we know|summary|update:|commander|incident (?:opened|declared|started)|roles?:|lead:|customers? (?:report|write|wrote|see|cannot|can't)|users? (?:report|cannot|can't))\b/,
  ],
  [
    "taking",
    /\b(?:looking|on it|taking (?:it|this|a look)|ack(?:ed|nowledged)?|got (?:it|the page)|investigating|checking|i have it|i'?ll take)\b/,
  ],
  ["help", /\b(?:paging|paged|need (?:help|someone|somebody|a|the)|can (?:someone|somebody|anyone)|please join|who (?:knows|owns|can))\b/],
];

/** Said with one of these it is mostly a digression: something that was looked at and led nowhere. */
const DIGRESSION =
  /\b(?:nothing (?:stands out|new|odd|worth)|ignore|not related|probably not|unrelated|wrong channel|following|joining|reading up|good luck|sorry for)\b/;

/** Somewhere that customers do not use. */
const ELSEWHERE = /\b(?:staging|stage|preprod|pre-prod|sandbox|dev|qa|drill|test (?:tenant|env(?:ironment)?))\b/;

export function actsOf(plain: string): ReadonlySet<Act> {
  const text = plain.slice(0, 2000);
  return new Set(RULES.flatMap(([act, rule]) => (rule.test(text) ? [act] : [])));
}

export function isDigression(plain: string): boolean {
  return DIGRESSION.test(plain.slice(0, 2000));
}

export function isElsewhere(plain: string): boolean {
  return ELSEWHERE.test(plain.slice(0, 2000));
}

export function isQuestion(plain: string): boolean {
  return /[？؟]|\?(?=[\s\p{P}]|$)/u.test(plain.slice(0, 2000));
}
