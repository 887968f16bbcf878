import { z } from "zod";
import type { Connector } from "../contract/connector.js";
import { configSchema } from "./config-schema.js";

/** JSON Schema (draft 7, which editors know best) of what people write, as it ships in `schema/`. */
export function configJsonSchema(connectors: readonly Connector[]): string {
  return `${JSON.stringify(z.toJSONSchema(configSchema(connectors), { target: "draft-7", io: "input" }), null, 2)}\n`;
}
