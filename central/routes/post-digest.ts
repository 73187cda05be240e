import type { FastifyInstance } from 'fastify';
import { digestRequestSchema, rowsRequestSchema } from '../../shared/protocol/digest.ts';
import type { Central } from '../central.ts';
import { compareRanges, isSyncTable, readRows } from '../db/digest.ts';
import { requireOperator } from '../http/operator.ts';
import { ProblemError, parseArguments } from '../http/problem.ts';

/** Compares ranges of a replica with the database; then gives the rows that differ. */
export function postDigest(app: FastifyInstance, central: Central): void {
  app.post('/sync/digest', async (request) => {
    const { operator } = await requireOperator(central, request);
    const { mode, ranges } = parseArguments(digestRequestSchema, request.body);
    const answer = await compareRanges(central.pool, operator.townCode, mode, ranges);
    if (!answer) throw new ProblemError(409, 'cursorAhead', 'this data set ends before a cursor', 'ranges');
    return answer;
  });
  app.post('/sync/rows', async (request, reply) => {
    const { operator } = await requireOperator(central, request);
    const { table, ids } = parseArguments(rowsRequestSchema, request.body);
    if (!isSyncTable(table)) throw new ProblemError(400, 'badArguments', 'no such table', 'table');
    const { rev, epoch, rows } = await readRows(central.pool, operator.townCode, table, ids);
    const text = `{"rev":${rev},"epoch":${JSON.stringify(epoch)},"rows":[${rows.join(',')}]}`;
    return reply.header('content-type', 'application/json; charset=utf-8').send(text);
  });
}
