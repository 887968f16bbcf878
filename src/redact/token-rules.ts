import type { Rule } from "./rule.js";

/** Nothing of a longer word before it. */
const START = "(?<![A-Za-z0-9_-])";
/** Nothing of a longer word behind it. */
const END = "(?![A-Za-z0-9_-])";

/**
 * Tokens that show by their own shape what they are, as their vendors document it. The prefix is the gate.
 * Digests, commit ids and UUIDs have no prefix and are never touched here.
 */
export const tokenRules: readonly Rule[] = [
  token("slack token", ["xox"], "xox[abceoprs](?:\\.xox[bp])?-[A-Za-z0-9-]{10,}"),
  token("slack token", ["xapp-", "xwfp-"], "(?:xapp|xwfp)-[A-Za-z0-9-]{10,}"),
  token("slack webhook", ["hooks.slack"], "(?:https?://)?hooks\\.slack(?:-gov)?\\.com/(?:services|workflows|triggers)/[A-Za-z0-9_/-]{20,}"),
  token("github token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], "gh[pousr]_[A-Za-z0-9]{30,255}"),
  token("github token", ["github_pat_"], "github_pat_[A-Za-z0-9_]{22,255}"),
  token("gitlab token", ["gl"], "gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat|ffct)-[A-Za-z0-9_-]{20,}(?:\\.[A-Za-z0-9_-]{2,64}){0,2}"),
  token("gitlab token", ["gr1348941"], "GR1348941[A-Za-z0-9_-]{20,}"),
  token("aws access key", ["akia", "asia", "abia", "acca"], `(?<![A-Za-z0-9])A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16}(?![A-Za-z0-9])`),
  token("google key", ["aiza"], "AIza[A-Za-z0-9_-]{35}"),
  token("google token", ["ya29."], "ya29\\.[A-Za-z0-9_-]{20,}"),
  token("google secret", ["gocspx-"], "GOCSPX-[A-Za-z0-9_-]{28}"),
  token("stripe key", ["k_live_", "k_test_", "k_prod_"], "[rs]k_(?:live|test|prod)_[A-Za-z0-9]{10,}"),
  token("webhook secret", ["whsec_"], "whsec_[A-Za-z0-9+/=]{20,}"),
  token("npm token", ["npm_"], `npm_[A-Za-z0-9]{36}${END}`),
  token("pypi token", ["pypi-"], "pypi-[A-Za-z0-9_-]{50,}"),
  token("rubygems key", ["rubygems_"], "rubygems_[a-f0-9]{48}"),
  token("docker token", ["dckr_"], "dckr_[po]at_[A-Za-z0-9_-]{20,}"),
  token("anthropic key", ["sk-ant-"], "sk-ant-[a-z0-9]{3,10}-[A-Za-z0-9_-]{20,}"),
  { ...token("openai key", ["sk-"], `${START}sk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}`), keep: mixed },
  token("hugging face token", ["hf_"], `${START}hf_[A-Za-z0-9]{30,}`),
  token("pagerduty key", ["u+"], `${START}u\\+[A-Za-z0-9_+-]{18}`),
  token("json web token", ["eyj"], `${START}eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]+){0,3}`),
  token("1password token", ["ops_eyj"], "ops_eyJ[A-Za-z0-9_+/=-]{100,}"),
  token("twilio key", ["sk"], `${START}SK[a-f0-9]{32}${END}`),
  token("sendgrid key", ["sg."], `${START}SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{16,64}`),
  token("mailgun key", ["key-"], `${START}key-[a-f0-9]{32}${END}`),
  token("vault token", ["hvs.", "hvb.", "hvr."], `${START}hv[sbr]\\.[A-Za-z0-9_-]{20,}`),
  token("new relic key", ["nra", "nrii-", "nrjs-"], `${START}(?:NRAK|NRII|NRJS|NRAA|NRRA)-[A-Za-z0-9_-]{19,}`),
  token("grafana token", ["glsa_", "glc_"], "(?:glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_[A-Za-z0-9+/=]{32,})"),
  token("digitalocean token", ["_v1_"], "do[opr]_v1_[a-f0-9]{64}"),
  token("shopify token", ["shp"], "shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
  token("databricks token", ["dapi"], `${START}dapi[a-f0-9]{32}(?:-\\d)?${END}`),
  token("linear key", ["lin_"], "lin_(?:api|oauth)_[A-Za-z0-9]{32,}"),
  token("atlassian token", ["atatt3", "atctt3"], "AT[AC]TT3[A-Za-z0-9_=-]{50,}"),
  token("telegram token", [":aa"], `${START}\\d{8,10}:AA[A-Za-z0-9_-]{32,34}${END}`),
  token(
    "discord webhook",
    ["/api/webhooks/"],
    "(?:https?://)?(?:[a-z]{1,8}\\.)?discord(?:app)?\\.com/api/webhooks/\\d{15,20}/[A-Za-z0-9_-]{50,}",
  ),
  token("discord token", ["."], `${START}[MNOA][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,38}${END}`),
  token("azure key", ["accountkey=", "sharedaccesskey="], "(?:Account|SharedAccess)Key=(?<secret>[A-Za-z0-9+/]{40,100}={0,2})"),
  token("azure signature", ["sig="], "[?&]sig=(?<secret>[A-Za-z0-9%+/]{40,120}={0,2})"),
  token("heroku key", ["hrku-"], "HRKU-[A-Za-z0-9_-]{30,}"),
  token("tailscale key", ["tskey-"], "tskey-[a-z]{2,10}-[A-Za-z0-9]{6,40}-[A-Za-z0-9]{20,}"),
  token("private key", ["age-secret-key-1"], "AGE-SECRET-KEY-1[A-Z0-9]{50,}"),
  token("private key", ["s"], `${START}S[AOUCNX][A-Z0-9]{56}${END}`),
  token("sentry token", ["sntry"], "sntry[su]_[A-Za-z0-9+/=_-]{40,}"),
  token("postman key", ["pmak-"], "PMAK-[a-f0-9]{24}-[a-f0-9]{34}"),
  token("figma token", ["figd_"], "figd_[A-Za-z0-9_-]{40}"),
  token("pulumi token", ["pul-"], `${START}pul-[a-f0-9]{40}${END}`),
  token("artifactory token", ["akc"], `${START}AKC[A-Za-z0-9]{10,}`),
  token("square token", ["sq0"], "sq0[a-z]{3}-[A-Za-z0-9_-]{22,}"),
];

function token(kind: string, gates: readonly string[], source: string): Rule {
  return { kind, gates, pattern: new RegExp(source, "g") };
}

/** Words joined by dashes are no key. */
function mixed(secret: string): number {
  return /\d/.test(secret) && /[A-Z]/.test(secret) && /[a-z]/.test(secret) ? secret.length : 0;
}
