import { z } from "zod";

/** A schema without what is wrapped around it, and what the wrappers say. */
export interface Unwrapped {
  readonly schema: z.core.$ZodType;
  /** It was made by `secret()`. */
  readonly secret: boolean;
  /** It may be left out or null. */
  readonly optional: boolean;
}

export function unwrap(schema: z.core.$ZodType): Unwrapped {
  const secret = z.globalRegistry.get(schema)?.["secret"] === true;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    const inner = unwrap(schema.def.innerType);
    return { ...inner, secret: inner.secret || secret, optional: true };
  }
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodReadonly) {
    const inner = unwrap(schema.def.innerType);
    return { ...inner, secret: inner.secret || secret };
  }
  if (schema instanceof z.ZodPipe) return { ...unwrap(schema.def.in), ...(secret ? { secret } : {}) };
  return { schema, secret, optional: false };
}

export function schemaAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.core.$ZodType | null {
  let at: z.core.$ZodType | null = schema;
  for (const key of path) at = at === null || typeof key === "symbol" ? null : memberOf(at, key);
  return at;
}

/** The keys that an object there may have. */
export function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const at = schemaAt(schema, path);
  const inner = at === null ? null : unwrap(at).schema;
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

/** The schema of one member of an object or list; null where there is none. */
function memberOf(schema: z.core.$ZodType, key: string | number): z.core.$ZodType | null {
  const inner = unwrap(schema).schema;
  if (inner instanceof z.ZodObject)
    return (Object.entries(inner.shape).find(([name]) => name === key)?.[1] as z.core.$ZodType | undefined) ?? null;
  if (inner instanceof z.ZodRecord) return inner.def.valueType;
  return inner instanceof z.ZodArray ? inner.def.element : null;
}
