import { actsOf } from "./speech.js";

/** What an entry is, for whoever asks about it. */
export type Nature = "observation" | "judgment" | "decision" | "knowledge" | "action" | "call for help";

/** `plain`: its text in lower case. null: nothing tells. */
export function natureOf({ category, plain }: { readonly category: string; readonly plain: string }): Nature | null {
  if (category === "alert" || category === "metric") return "observation";
  if (category === "change") return "action";
  const acts = actsOf(plain);
  if (acts.has("decision")) return "decision";
  if (acts.has("action")) return "action";
  if (acts.has("suspicion")) return "judgment";
  if (acts.has("finding")) return "knowledge";
  return acts.has("help") ? "call for help" : null;
}
