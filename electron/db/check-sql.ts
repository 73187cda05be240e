import { z } from 'zod';
import { checkOf } from './check-of.ts';

const largest = Number.MAX_SAFE_INTEGER;

/**
 * The check of `checkOf` for a plain value as an expression of SQLite's over `value`, which is one that `json_extract` gave; null for what is not one of the
 * plain kinds. It is a little more forgiving: JSON's true is there the same as 1, and a list or an object the same as its text.
 */
export function plainCheckSql(schema: z.core.$ZodType, value: string): string | null {
  const { checks = [] } = schema._zod.def as { checks?: readonly unknown[] };
  if (checks.length > 0) return null;
  if (schema instanceof z.ZodNullable) {
    const inner = plainCheckSql(schema.unwrap(), value);
    return inner === null ? null : `(${value} IS NULL OR ${inner})`;
  }
  if (schema instanceof z.ZodString) return `typeof(${value}) = 'text'`;
  if (schema instanceof z.ZodBoolean) return `${value} IN (0, 1)`;
  // A text is greater than every number.
  if (schema instanceof z.ZodNumberFormat)
    return schema.format === 'safeint' ? `${value} BETWEEN ${-largest} AND ${largest}` : null;
  if (schema instanceof z.ZodNumber) return `${value} BETWEEN ${-Number.MAX_VALUE} AND ${Number.MAX_VALUE}`;
  if (schema instanceof z.ZodEnum) return `${value} IN (${schema.options.map(quoted).join(', ')})`;
  return null;
}

/** The same for JSON as text: `holds` is the name of a function of the connection that calls `jsonHolds`; it is not asked about what is empty. */
export function jsonCheckSql(schema: z.core.$ZodType, value: string, holds: string): string {
  const check = checkOf(schema);
  const empty = ['[]', '{}'].filter((text) => check(JSON.parse(text))).map(quoted);
  return empty.length === 0 ? `${holds}(${value})` : `(${value} IN (${empty.join(', ')}) OR ${holds}(${value}))`;
}

/** Whether a text is JSON of the schema. */
export function jsonHolds(schema: z.core.$ZodType): (text: unknown) => boolean {
  const check = checkOf(schema);
  return (text) => typeof text === 'string' && check(JSON.parse(text));
}

function quoted(text: unknown): string {
  return `'${String(text).replaceAll("'", "''")}'`;
}
