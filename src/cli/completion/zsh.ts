import type { Candidate, Place } from "./tree.js";

/** As in bash, with a word about each candidate. */
export function zshScript(places: readonly Place[]): string {
  const steps = places.filter(({ path }) => path.length > 0).map(({ path }) => quoted(`${path.slice(0, -1).join(" ")}/${path.at(-1)!}`));
  const values = places.flatMap(({ path, flags }) =>
    flags
      .filter(({ choices }) => choices.length > 0)
      .map(({ name, choices }) => `    ${quoted(`${path.join(" ")}/${name}`)}) candidates=(${choices.map(quoted).join(" ")}) ;;`),
  );
  const words = places.map(
    ({ path, commands, flags }) => `      ${quoted(path.join(" "))}) candidates=(${[...commands, ...flags].map(described).join(" ")}) ;;`,
  );
  return `#compdef timeline
# Completion of timeline for zsh: source <(timeline completion zsh), behind compinit
_timeline() {
  local place="" word
  local -a candidates
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$place/$word" in
      (${steps.join("|")}) place="\${place:+$place }$word" ;;
    esac
  done
  case "$place/\${words[CURRENT-1]}" in
${values.join("\n")}
  esac
  if (( ! \${#candidates} )); then
    case "$place" in
${words.join("\n")}
    esac
  fi
  _describe -o timeline candidates || _files
}
compdef _timeline timeline
`;
}

function described({ name, about }: Candidate): string {
  return quoted(`${name.replaceAll(":", "\\:")}:${about}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
