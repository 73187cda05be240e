import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Problem } from '../../shared/protocol/problem.ts';

/** A refusal with its status. `message` goes to the client and the log: no personal data, no value of a field. */
export class ProblemError extends Error {
  readonly status: number;
  readonly kind: string;
  readonly field: string | null;

  constructor(status: number, kind: string, message: string, field: string | null = null) {
    super(message);
    this.name = 'ProblemError';
    this.status = status;
    this.kind = kind;
    this.field = field;
  }
}

/** Reads arguments of a request; a refusal (400 badArguments) names the field. */
export function parseArguments<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ProblemError(400, 'badArguments', issue?.message ?? 'not readable', issue?.path.join('.') || 'body');
}

/** PostgreSQL's codes for "the database is going away or not there". */
const databaseGone = /^(08|57P|53)/;

function problemOf(error: FastifyError | ProblemError, requestId: string): { status: number; problem: Problem } {
  if (error instanceof ProblemError)
    return {
      status: error.status,
      problem: { kind: error.kind, message: error.message, field: error.field, requestId },
    };
  const status = error.statusCode ?? 500;
  if (status < 500)
    return { status, problem: { kind: 'badArguments', message: error.message, field: 'body', requestId } };
  if (databaseGone.test(error.code ?? '') || error.code === 'ECONNREFUSED')
    return {
      status: 503,
      problem: { kind: 'internal', message: 'the database cannot be reached', field: null, requestId },
    };
  return {
    status: 500,
    problem: { kind: 'internal', message: 'the server failed; see its log', field: null, requestId },
  };
}

/** A body's keys are as free as its values: only what looks like a field of ours is written down. */
function loggable(field: string | null): string | null {
  return field === null || /^[A-Za-z][A-Za-z0-9.-]{0,40}$/.test(field) ? field : 'unreadable';
}

/** Every answer that is not 2xx has a problem body. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const { status, problem } = problemOf(error, request.id);
    if (status >= 500) request.log.error({ err: error }, 'a request failed');
    else request.log.info({ kind: problem.kind, field: loggable(problem.field) }, 'refused');
    return reply.code(status).send(problem);
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ kind: 'badArguments', message: 'no such address', field: 'path', requestId: request.id }),
  );
}
