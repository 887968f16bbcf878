import type { JsonValue } from "../contract/evidence.js";
import type { Path } from "./parse-json.js";
import type { Problem } from "./problems.js";

/** How credentials of the usual vendors begin, and bare keys of 32 or 40 hexadecimal digits. */
const SECRETS =
  /^(?:Bearer |Basic |-----BEGIN |xox[a-z][-.]|xapp-|xwfp-|gh[a-z]_|github_pat_|glpat-|sk-|rk_|AKIA|ASIA|eyJ|ddapp_|ddpat_|[0-9a-fA-F]{32}$|[0-9a-fA-F]{40}$)/;

export function looksLikeSecret(text: string): boolean {
  return SECRETS.test(text.trim());
}

/** Strings that must not stand in a config wherever they do: `${...}`, which nothing replaces, and credentials. */
export function pastedProblems(value: JsonValue, path: Path = []): Problem[] {
  if (typeof value === "string") return stringProblems(value, path);
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.flatMap((item: JsonValue, index) => pastedProblems(item, [...path, index]));
  return Object.entries(value).flatMap(([key, member]) => [
    ...stringProblems(key, [...path, key]),
    ...(member === undefined ? [] : pastedProblems(member, [...path, key])),
  ]);
}

function stringProblems(text: string, path: Path): Problem[] {
  const variable = /\$\{([^}]{0,100})/.exec(text)?.[1];
  if (variable !== undefined) {
    const name = /^\w{1,80}$/.test(variable) ? variable : "NAME";
    return [
      {
        path,
        id: "CONFIG_PLACEHOLDER",
        text: `"\${...}" is not replaced by anything; for a secret write { "env": "${name}" }, for anything else the value itself`,
      },
    ];
  }
  if (!looksLikeSecret(text)) return [];
  return [
    {
      path,
      id: "CONFIG_SECRET_IN_FILE",
      text: 'this looks like a secret, which must not stand in a config; put it into the environment, write { "env": "NAME" }, and revoke it if the file was shared',
    },
  ];
}
