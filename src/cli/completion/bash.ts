import type { Place } from "./tree.js";

/** Walks over the words before the cursor to the place they lead to; names of files where nothing of ours fits. */
export function bashScript(places: readonly Place[]): string {
  const steps = places.filter(({ path }) => path.length > 0).map(({ path }) => `"${path.slice(0, -1).join(" ")}/${path.at(-1)!}"`);
  const values = places.flatMap(({ path, flags }) =>
    flags
      .filter(({ choices }) => choices.length > 0)
      .map(({ name, choices }) => `    "${path.join(" ")}/${name}") words="${choices.join(" ")}" ;;`),
  );
  const words = places.map(({ path, commands, flags }) => {
    const names = [...commands, ...flags].map(({ name }) => name);
    return `      "${path.join(" ")}") words="${[...names, "--help"].join(" ")}" ;;`;
  });
  return `# Completion of timeline for bash: source <(timeline completion bash)
_timeline() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" place="" words="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$place/\${COMP_WORDS[i]}" in
      ${steps.join("|")}) place="\${place:+$place }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$place/$before" in
${values.join("\n")}
  esac
  if [ -z "$words" ]; then
    case "$place" in
${words.join("\n")}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _timeline timeline
`;
}
