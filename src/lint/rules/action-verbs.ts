/** Verbs that somebody can act on; "be", "try", "remember" and "consider" are none. */
export const ACTION_VERBS: ReadonlySet<string> = new Set(
  `add adjust agree alert align allow announce archive arrange ask assign attach audit automate back backfill backport ban batch benchmark block
  book bound break bring build bump cache call cancel cap capture change check clarify clean clear close collect compare compress
  configure confirm connect consolidate contact convert copy correct count cover create cut debounce decide declare decommission
  decouple decrease define delete demonstrate deploy deprecate describe design detect determine disable display distribute document
  double draft drain drill drop drain duplicate emit enable encrypt enforce escalate establish estimate evaluate evict exclude exercise expand
  expire explain explore export expose extend extract fail fetch file filter find finish fix flag follow force forward gate generate give
  group grow guard halve hand hide hold host identify implement import include increase index inform inject inline install instrument
  integrate introduce inventory investigate invite isolate keep label launch lead let limit link list load lock log lower maintain make
  map mark measure merge migrate mirror mock model monitor move mute name negotiate notify offer open order organise organize own pace
  page pair partition patch pause phase pick pin plan port post practise practice prepare present prevent print prioritise prioritize
  probe profile propose protect provide provision prune publish pull purge push put query queue quarantine raise ramp read rebalance rebuild
  record redact redesign reduce refactor refresh refuse register rehearse reject release reload remove rename renew reorder repair
  replace replay replicate report reproduce request require rerun reserve reset resize resolve restart restore restrict retire retry return
  reuse revert review revise revoke rewrite roll rotate route run sample save scale scan schedule script seed segment send separate serve set
  share shard shed ship shorten show shrink shut sign silence simplify simulate size skip slow smoke snapshot sort specify split spread stagger
  standardise standardize start state stop store stream strip subscribe switch sync tag take teach tell terminate test throttle tighten time
  track train translate trial trigger trim tune turn unblock unify uninstall unpin update upgrade upload use validate verify version visit
  walk warm warn watch widen wire withdraw wrap write`.split(/\s+/),
);
