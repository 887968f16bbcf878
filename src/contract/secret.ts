import { inspect } from "node:util";
import { z } from "zod";

/** A credential in memory. Only `reveal` gives it; printing, logging and JSON give a placeholder. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return "[secret]";
  }
  toJSON(): string {
    return "[secret]";
  }
  [inspect.custom](): string {
    return "[secret]";
  }
}

/** Where a credential is found. It is never written into the config itself. */
export type SecretRef = { readonly env: string } | { readonly file: string } | { readonly command: readonly string[] };

/**
 * A field of a connector's section that holds a credential, by default from the vendor's usual variable.
 * `src/config` puts a `Secret` in its place, or null where nothing is found and it is optional.
 */
export function secret(defaultEnv: string, description: string) {
  return z
    .union([
      z.strictObject({ env: z.string().min(1) }),
      z.strictObject({ file: z.string().min(1) }),
      z.strictObject({ command: z.array(z.string()).min(1) }),
    ])
    .default({ env: defaultEnv })
    .describe(description)
    .meta({ secret: true });
}
