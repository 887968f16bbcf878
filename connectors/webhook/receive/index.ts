import type { Received, Receiver, ReceivedRequest } from "../../../src/contract/notice.js";
import { MICROS_PER_DAY, type EpochMicros } from "../../../src/kit/instant.js";
import { safeJson } from "../../../src/kit/safe-json.js";
import type { Door, ReceiveConfig, Shape } from "./config.js";
import { datadog } from "./datadog.js";
import { generic } from "./generic.js";
import { incidentIo } from "./incident-io.js";
import { judgeSignature } from "./judge-signature.js";
import { pagerDuty } from "./pagerduty.js";
import type { ReadBody } from "./told.js";

const LARGEST = 1024 * 1024;
/** Deliveries are remembered for a week: what is older could be a replay that we have forgotten. */
const OLDEST = 6 * MICROS_PER_DAY;

const BODIES: Readonly<Record<Shape, ReadBody>> = { generic, pagerduty: pagerDuty, datadog, "incident.io": incidentIo };

/** Requests that tell of incidents. Who sends is judged by the bytes; what is sent is looked at only then. */
export const receiver: Receiver<ReceiveConfig> = {
  opens: ({ receive }) => receive.map(({ name }) => name),
  receive(request, { config, now }) {
    const door = config.receive.find(({ name }) => name === request.name);
    if (door === undefined) return refused(404, "nobody is received there");
    if (request.body.length > LARGEST) return refused(413, "it is larger than 1 MB");
    const judged = judgeSignature(request, door, now);
    return "refused" in judged ? refused(401, judged.refused) : read(request, door, judged.delivery, now);
  },
};

function read({ body }: ReceivedRequest, door: Door, signed: string | null, now: EpochMicros): Received {
  const json = safeJson(body);
  if ("problem" in json) return refused(400, json.problem);
  const told = BODIES[door.shape](json.value, door, now);
  if (told === null) return refused(400, `it is not of the shape ${door.shape}`);
  const delivery = signed ?? told.delivery;
  if (delivery === null) return refused(400, "it has no id of its own");
  if (told.sentAt !== null && Math.abs(now - told.sentAt) > OLDEST) return refused(401, "it was sent more than 6 days ago");
  return { kind: "accepted", delivery, reports: told.report === null ? [] : [told.report] };
}

function refused(status: 400 | 401 | 404 | 413, reason: string): Received {
  return { kind: "refused", status, reason };
}
