import { z } from 'zod';

export type Check = (value: unknown) => boolean;

/**
 * A schema as a plain predicate, made once: rows come by the million, and describing what is wrong with each value costs several times what looking at
 * it does. What is not one of the plain kinds below is left to the schema itself. Objects may have keys the schema does not know.
 */
export function checkOf(schema: z.core.$ZodType): Check {
  if (hasRules(schema)) return bySchema(schema);
  if (schema instanceof z.ZodNullable) {
    const inner = checkOf(schema.unwrap());
    return (value) => value === null || inner(value);
  }
  if (schema instanceof z.ZodString) return (value) => typeof value === 'string';
  if (schema instanceof z.ZodBoolean) return (value) => typeof value === 'boolean';
  if (schema instanceof z.ZodNull) return (value) => value === null;
  if (schema instanceof z.ZodNumberFormat) return schema.format === 'safeint' ? Number.isSafeInteger : bySchema(schema);
  if (schema instanceof z.ZodNumber) return Number.isFinite;
  if (schema instanceof z.ZodEnum) {
    const options = new Set<unknown>(schema.options);
    return (value) => options.has(value);
  }
  if (schema instanceof z.ZodUnion) {
    const options = schema.options.map(checkOf);
    return (value) => options.some((option) => option(value));
  }
  if (schema instanceof z.ZodArray) {
    const element = checkOf(schema.element);
    return (value) => Array.isArray(value) && value.every(element);
  }
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape).map(([key, field]) => ({ key, check: checkOf(field) }));
    return (value) => isRecord(value) && fields.every(({ key, check }) => check(value[key]));
  }
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodString) {
    const check = checkOf(schema.valueType);
    return (value) => isRecord(value) && Object.values(value).every(check);
  }
  return bySchema(schema);
}

/** Whether more is asked than the kind of value: a length, a pattern, a range. The format of a whole number is its kind. */
function hasRules(schema: z.core.$ZodType): boolean {
  const { checks = [] } = schema._zod.def as { checks?: readonly unknown[] };
  return checks.length > 0;
}

function bySchema(schema: z.core.$ZodType): Check {
  return (value) => z.safeParse(schema, value).success;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
