import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { dataSetOf, rowsFormSchema } from '../../shared/protocol/feed.ts';
import type { Central } from '../central.ts';
import { beginSnapshot, placeOf, snapshotLines } from '../db/snapshot.ts';
import { sendLines } from '../http/ndjson.ts';
import { requireOperator } from '../http/operator.ts';
import { ProblemError, parseArguments } from '../http/problem.ts';

const querySchema = z.object({
  at: z.coerce.number().int().min(0).optional(),
  after: z.string().max(200).optional(),
  rows: rowsFormSchema,
});

export function getSnapshot(app: FastifyInstance, central: Central): void {
  app.get('/sync/snapshot', async (request, reply) => {
    const { townCode } = (await requireOperator(central, request)).operator;
    const { at, after, rows } = parseArguments(querySchema, request.query);
    if ((at === undefined) !== (after === undefined))
      throw new ProblemError(400, 'badArguments', 'at and after come together', at === undefined ? 'at' : 'after');
    const place = after === undefined ? null : placeOf(after);
    if (after !== undefined && place === null) throw new ProblemError(400, 'badArguments', 'not a mark', 'after');
    const begin = await beginSnapshot(central.pool, townCode);
    if (at !== undefined && at > begin.at)
      throw new ProblemError(409, 'cursorAhead', `this data set ends at revision ${begin.at}`, 'at');
    const from = at ?? begin.at;
    async function* lines(): AsyncGenerator<string> {
      yield `${JSON.stringify({ t: 'begin', ...begin, epoch: dataSetOf(begin.epoch, townCode), at: from })}\n`;
      yield* snapshotLines(central.pool, place, townCode, rows);
      // The feed may hold more since: the replica asks it next in any case.
      yield `${JSON.stringify({ t: 'end', cursor: from, more: false, serverTime: central.clock.now() })}\n`;
    }
    return sendLines(request, reply, lines());
  });
}
