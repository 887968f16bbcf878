import { expect, it } from "vitest";
import { readingOf } from "../../../connectors/slack/reading.js";
import { answer, contextOf } from "./context.js";

it("knows the name of a private channel in private channels only: readers of a public one see none", async () => {
  const channels = [
    { id: "C1", name: "ops", is_member: true },
    { id: "G1", name: "inc-secret", is_member: true, is_private: true },
  ];
  const answers = [answer("conversations.list", { channels }), answer("usergroups.list", {}), answer("users.list", {})];
  const { context } = contextOf(answers, { config: { channels: ["ops", "inc-secret"] } });

  expect([...(await readingOf("C1", context)).listed.keys()]).toEqual(["C1"]);
  expect([...(await readingOf("G1", context)).listed.keys()]).toEqual(["C1", "G1"]);
});
