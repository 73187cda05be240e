import type { z } from 'zod';

/** A request as the server's HTTP handlers get it. */
export interface Request {
  path: string;
  query: URLSearchParams;
  body: unknown;
  token: string | null;
}

/** An answer, its body made while it is sent: a snapshot reads each batch as it then stands. */
export interface Answer {
  status: number;
  body: Iterable<string>;
}

/** Thrown for a request that cannot be read; names the field. */
export class Unreadable extends Error {
  readonly field: string;

  constructor(field: string) {
    super(`not readable: ${field}`);
    this.field = field;
  }
}

/** Reads a body or a query as the server does. */
export function readable<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  throw new Unreadable(parsed.error.issues[0]?.path.join('.') || 'body');
}

export const line = (value: object) => `${JSON.stringify(value)}\n`;
export const json = (value: object): Answer => ({ status: 200, body: [JSON.stringify(value)] });
export const problemAnswer = (status: number, kind: string, field: string | null): Answer => ({
  status,
  body: [JSON.stringify({ kind, message: kind, field, requestId: 'r' })],
});
