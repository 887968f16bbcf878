import { z } from "zod";

/** What a hook or a door is called. */
export const Name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "expected small letters, digits and dashes");

/** Each name once: what has the same one could not be told apart. */
export function refuseTwins(named: readonly { readonly name: string }[], context: z.core.$RefinementCtx): void {
  named.forEach(({ name }, index) => {
    if (named.findIndex((each) => each.name === name) < index)
      context.addIssue({ code: "custom", path: [index, "name"], message: `expected names that differ, got "${name}" twice` });
  });
}
