import { z } from 'zod';

type WithoutDefault<T> = T extends z.ZodDefault<infer Inner extends z.core.SomeType> ? Inner : T;
type ChangesShape<S extends z.ZodRawShape> = {
  [K in keyof S]: z.ZodOptional<WithoutDefault<S[K]> & z.core.SomeType>;
};

/**
 * A schema of changes to an object: every member may be left out, and what is left out stays out. Zod's own `partial()`
 * fills in the default of a missing member, so that changing a headline would empty every other field.
 */
export function changesTo<S extends z.ZodRawShape>(
  schema: z.ZodObject<S>,
): z.ZodObject<ChangesShape<S>> {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, member] of Object.entries(schema.shape))
    shape[name] = z.optional(member instanceof z.ZodDefault ? member.unwrap() : member);
  return z.object(shape) as unknown as z.ZodObject<ChangesShape<S>>;
}
