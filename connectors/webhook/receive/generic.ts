import { describedIncident, IncidentFile, timesProblem } from "../../../src/contract/incident-file.js";
import { Id, reportOf, type ReadBody } from "./told.js";

/** The incident file of `schema/incident.schema.json`, with an `id`: by it the same incident is known again. */
export const generic: ReadBody = (body, door, now) => {
  const file = IncidentFile.safeParse(body);
  if (!file.success) return null;
  const { id, wishes, ...facts } = describedIncident(file.data);
  if (id === null || !Id.safeParse(id).success || timesProblem(facts, now) !== null) return null;
  const report = { ...reportOf(door, { ...facts, id, marks: [`id:${id}`] }), id, name: id, wishes };
  return { delivery: null, sentAt: null, report };
};
