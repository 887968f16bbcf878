import type { Destination } from "../contract/destination.js";
import { Failure, SourceError } from "../kit/errors.js";
import { wireErrorOf } from "../kit/wire/wire-error-of.js";
import { planAttach, type Attached, type AttachTask } from "./attach-to.js";

/** What became of one place. */
export interface PlaceOutcome {
  readonly connector: string;
  readonly place: string;
  /** For people. */
  readonly name: string;
  /** `would create`, `would update`: in a dry run. `skipped`: what it stands in is not there. */
  readonly outcome: Attached["outcome"] | "failed" | "skipped" | "would create" | "would update";
  /** Of a failure: without token and text of evidence. */
  readonly error: { readonly id: string | null; readonly message: string; readonly hint: string | null } | null;
  /** What would be sent, in a dry run; else null. */
  readonly preview: string | null;
}

/** What `attachTo` would do, from what is remembered alone. */
export function wouldBe(task: AttachTask, destination: Pick<Destination<never>, "preview">): Pick<PlaceOutcome, "outcome" | "preview"> {
  const plan = planAttach(task);
  if (plan === "nothing") return { outcome: "unchanged", preview: null };
  if (plan === "stay away") return { outcome: "gone", preview: null };
  const preview = destination.preview(task.place, task.attachment);
  return { outcome: plan === "update" ? "would update" : "would create", preview };
}

/** What is no failure of the vendor's or of a file is named only: its message may hold anything. */
export function errorOf(error: unknown): PlaceOutcome["error"] {
  if (error instanceof SourceError || error instanceof Failure)
    return { id: error.id ?? null, message: error.message, hint: error.hint ?? null };
  const wire = wireErrorOf(error);
  if (wire !== null) return { id: null, message: wire.message, hint: "The next time it is looked up before it is sent again." };
  return { id: null, message: `it failed unexpectedly (${error instanceof Error ? error.name : typeof error})`, hint: null };
}
