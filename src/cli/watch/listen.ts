import type { ResolvedConfig } from "../../config/index.js";
import type { ReceivedRequest } from "../../contract/notice.js";
import { UsageError } from "../../kit/errors.js";
import { MICROS_PER_DAY } from "../../kit/instant.js";
import { serve, type Serving, type Told } from "../../watch/serve.js";
import type { Watcher } from "../../watch/watch.js";
import type { OpenedWatch } from "./open-watch.js";

/** Longer than any signature is accepted for. */
const REMEMBER_DELIVERIES = 7 * MICROS_PER_DAY;

/** Opens the port that the config names; null: it names none. */
export async function listen({ watch }: ResolvedConfig, watcher: Watcher, opened: OpenedWatch): Promise<Serving | null> {
  const { port } = watch;
  const { measures, ports } = opened;
  if (port === null || measures === null) return null;
  const metrics = async () => ({ contentType: measures.contentType, text: await measures.text(watcher.standing()) });
  const tell = (request: ReceivedRequest) => receive(request, watcher, opened);
  try {
    return await serve({ port, log: ports.log, standing: () => watcher.standing(), metrics, tell });
  } catch (cause) {
    throw new UsageError(`Port ${port} on loopback cannot be opened.`, {
      id: "PORT_TAKEN",
      cause,
      hint: "Another program has it: give watch.port another number, or 0 for any that is free.",
    });
  }
}

async function receive(request: ReceivedRequest, watcher: Watcher, { receivers, store, ports, measures }: OpenedWatch): Promise<Told> {
  const receiver = receivers.find(({ names }) => names.includes(request.name));
  if (receiver === undefined) return { kind: "refused", status: 404, reason: "there is no such name" };
  const { connector, section } = receiver;
  const now = ports.clock.now();
  const received = connector.notice!.receiver!.receive(request, { config: section, now });
  if (received.kind === "refused") {
    ports.log("warning", "notice refused", { connector: connector.id, name: request.name, status: received.status });
    measures?.received(connector.id, "refused");
    return received;
  }
  const place = `${connector.id}/${request.name}`;
  const isKnown = await store.watch.hasDelivery(place, received.delivery);
  measures?.received(connector.id, isKnown ? "replayed" : "accepted");
  if (isKnown) return "replayed";
  // In this order: whoever was told "accepted" never sends again, and being told twice changes nothing.
  await watcher.take(received.reports);
  await store.watch.putDelivery(place, received.delivery, now, now - REMEMBER_DELIVERIES);
  return "accepted";
}
