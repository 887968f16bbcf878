import { SourceError } from "../../../src/kit/errors.js";

export function malformed(method: string): SourceError {
  return new SourceError(`Slack's answer to ${method} does not say what became of it`, {
    connector: "slack",
    action: "retry",
    reason: "malformed",
    hint: "The next time it is looked up before it is sent again.",
  });
}
