import type { AttachContext, Attachment, Destination, Place, Remote } from "../contract/destination.js";
import type { AttachedRecord, WatchStore } from "../contract/watch.js";
import type { Clock } from "../kit/clock.js";

export interface AttachTask {
  readonly incident: string;
  readonly connector: string;
  readonly place: Place;
  readonly attachment: Attachment;
  /** What is remembered of the place; null: nothing. */
  readonly known: AttachedRecord | null;
}

export interface AttachPorts {
  readonly destination: Destination<never>;
  readonly context: AttachContext<never>;
  readonly records: Pick<WatchStore, "putAttached">;
  readonly clock: Pick<Clock, "now">;
}

export interface Attached {
  readonly outcome: "created" | "updated" | "unchanged" | "gone";
  readonly remote: Remote | null;
}

/** What is to be done, from what is remembered alone. `find`: it may be there or not. Pure. */
export function planAttach({ known, place, attachment }: AttachTask): "nothing" | "stay away" | "update" | "find" {
  if (known?.state === "gone") return "stay away";
  if (known?.state !== "shown" || known.remote === null) return "find";
  if (known.hash === attachment.hash) return "nothing";
  return place.renewed === "stage" && known.stage === attachment.summary.stage ? "nothing" : "update";
}

/**
 * Brings one place up to date so that it never holds two: what is not known to be there is looked for first, and that we
 * are about to make it is remembered before it is made. Wherever this is cut off, doing it again ends with one.
 *
 * @throws what the destination throws. Then it is not known whether it was done, and the next time looks.
 */
export async function attachTo(task: AttachTask, ports: AttachPorts): Promise<Attached> {
  const { place, attachment, known } = task;
  const plan = planAttach(task);
  if (plan === "nothing") return { outcome: "unchanged", remote: known!.remote };
  if (plan === "stay away") return { outcome: "gone", remote: null };
  const remote = plan === "update" ? known!.remote : await ports.destination.find(place, attachment.marker, ports.context);
  return remote === null ? create(task, ports) : update(remote, task, ports);
}

async function create(task: AttachTask, ports: AttachPorts): Promise<Attached> {
  await remember(task, ports, { state: "posting", remote: null });
  const remote = await ports.destination.create(task.place, task.attachment, ports.context);
  await remember(task, ports, { state: "shown", remote });
  return { outcome: "created", remote };
}

async function update(remote: Remote, task: AttachTask, ports: AttachPorts): Promise<Attached> {
  const updated = await ports.destination.update(task.place, remote, task.attachment, ports.context);
  await remember(task, ports, updated === null ? { state: "gone", remote: null } : { state: "shown", remote: updated });
  return updated === null ? { outcome: "gone", remote: null } : { outcome: "updated", remote: updated };
}

async function remember(
  { incident, connector, place, attachment }: AttachTask,
  { records, clock }: AttachPorts,
  { state, remote }: Pick<AttachedRecord, "state" | "remote">,
): Promise<void> {
  const shown = state === "shown" ? { hash: attachment.hash, stage: attachment.summary.stage } : { hash: null, stage: null };
  await records.putAttached({ incident, connector, place: place.id, state, remote, ...shown, at: clock.now() });
}
