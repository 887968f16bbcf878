import { dirname, resolve } from "node:path";
import { UsageError } from "../kit/errors.js";
import type { ConfigRequest } from "./load-config.js";
import { JsonSyntaxError, parseJson } from "./parse-json.js";
import type { Problem } from "./problems.js";
import { findConfig, readConfigFile } from "./read-config-file.js";
import { DEFAULT_STORE, pathInside } from "./store-path.js";
import { withVariables } from "./variables.js";

/**
 * Only where the store is, under the same rules of trust, without judging the rest: for commands that look into the
 * store and must answer at once. It loads neither schemas nor connectors.
 * @throws {UsageError}
 */
export async function findStore({ path, cwd, env }: Omit<ConfigRequest, "connectors" | "secrets">): Promise<string> {
  const named = path ?? (env["TIMELINE_CONFIG"] || null);
  const file = await readConfigFile(named === null ? await findConfig(cwd) : resolve(cwd, named), { merelyFound: named === null });
  const { value, variableOf } = withVariables(parsed(file.text, file.path), env);
  const written = value !== null && typeof value === "object" && !Array.isArray(value) ? new Map(Object.entries(value)).get("store") : null;
  const isOurWord = variableOf(["store"]) !== null;
  const problems: Problem[] = [];
  const text =
    typeof written === "string" && written !== "" && !written.includes("\0") ? written : written === undefined ? DEFAULT_STORE : null;
  const place = { folder: isOurWord ? cwd : dirname(file.path), trusted: named !== null || isOurWord };
  const store = text === null ? null : await pathInside("store", text, place, problems);
  if (store === null || problems.length > 0) throw unusable(file.path);
  return store;
}

function parsed(text: string, path: string) {
  try {
    return parseJson(text).value;
  } catch (error) {
    throw error instanceof JsonSyntaxError ? unusable(path) : error;
  }
}

function unusable(path: string): UsageError {
  return new UsageError(`${path} does not say where the store is.`, {
    id: "CONFIG_INVALID",
    hint: "Run `timeline config check`: it shows what is wrong, and where.",
  });
}
