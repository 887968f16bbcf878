const setOf = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words for people in an incident. */
export const PEOPLE =
  setOf(`i we you he she they who nobody somebody someone anybody anyone everybody everyone person people team teams engineer engineers
  developer developers dev devs operator operators responder responders reviewer reviewers author authors commander on-call oncall
  sre sres dba dbas admin admins administrator administrators manager managers management lead leads leadership owner owners maintainer
  maintainers colleague colleagues staff analyst analysts technician technicians contractor contractors intern interns architect
  architects approver approvers committer member members group squad crew scribe support ops colleague coworker tester testers qa
  deployer deployers employee employees newcomer newcomers shift vendor supplier contributor contributors devops executive director cto security`);

/** Machines and what runs on them: what is said of these is an observation. */
export const THINGS =
  setOf(`it this that which service services server servers client clients pod pods job jobs node nodes host hosts cluster clusters
  database databases db replica replicas primary queue queues worker workers cache proxy gateway balancer alert alerts monitor
  monitors check checks probe probes script scripts cron request requests query queries connection connections deploy deploys
  deployment deployments release releases rollout rollback migration build builds pipeline test tests container containers process
  processes thread threads api app application checkout payments payment login search parser scheduler controller autoscaler
  kernel disk volume certificate certificates token tokens webhook page pages pager system systems backend frontend browser
  browsers consumer consumers producer producers broker shard shards index endpoint endpoints router switch link links dns cdn
  resolver agent agents collector exporter dashboard upload uploads download sync backup backups restore import export calls call
  writes reads write read message messages event events orders order customer customers user users tool tools bot runner config
  configuration flag limit limiter retry retries library module function code version change traffic load memory instance instances
  machine machines vm vms box sidecar mesh ingress operator-pod postgres mysql redis kafka nginx envoy haproxy kubernetes
  terraform jenkins prometheus grafana rabbitmq elasticsearch mongo mongodb consul vault etcd linux java python node.js helm argo git github slack datadog`);

/** Words for a change of ours. */
export const CHANGES =
  setOf(`deploy deploys deployment deployments release releases rollout change changes commit commits merge migration upgrade config
  configuration patch update refactor refactoring hotfix push pr pull-request backfill bump toggle flag bug`);

/** After a word for a change these make it another thing: a deploy freeze, a release note. */
export const ABOUT_CHANGES =
  setOf(`freeze window windows note notes calendar queue log logs channel pipeline schedule manager policy process train lock tool script
  server service branch management board review plan tracker ticket approval candidate day name id tag request requests`);

/** Words for what went wrong. */
export const TROUBLE =
  setOf(`outage outages incident incidents failure failures downtime breakage crash crashes degradation disruption loss corruption
  errors error problem problems`);

export const NEGATIONS =
  setOf(`not no never n't without neither nor cannot hardly isn't wasn't aren't weren't don't doesn't didn't nothing none less instead
  nobody rather`);

export const ARTICLES = setOf(
  `a an the this that these those any some our its their his her my your more less enough no all each every both`,
);

export const PREPOSITIONS = setOf(`on in of from at for behind with by to about under over during after before into within between`);

/** Between a subject and its verb. */
export const FILLERS =
  setOf(`had has have also then again not never simply just clearly obviously repeatedly once completely still even really carelessly
  accidentally apparently already initially later only totally both all evidently blindly first who should could would might did`);
