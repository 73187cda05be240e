import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { dataSetOf, rowsFormSchema } from '../../shared/protocol/feed.ts';
import type { Central } from '../central.ts';
import { pageLines, planPage } from '../db/feed.ts';
import { sendLines } from '../http/ndjson.ts';
import { requireOperator } from '../http/operator.ts';
import { ProblemError, parseArguments } from '../http/problem.ts';

const querySchema = z.object({
  cursor: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1).max(100_000).default(2000),
  pages: z.coerce.number().int().min(1).max(100).default(1),
  rows: rowsFormSchema,
});

export function getChanges(app: FastifyInstance, central: Central): void {
  app.get('/sync/changes', async (request, reply) => {
    const { operator } = await requireOperator(central, request);
    const { cursor, limit, pages, rows } = parseArguments(querySchema, request.query);
    const first = await planPage(central.pool, cursor, limit, operator.townCode);
    // Ahead of us: this is another data set, or one from before a restore.
    if (cursor > first.newest)
      throw new ProblemError(409, 'cursorAhead', `this data set ends at revision ${first.newest}`, 'cursor');
    async function* lines(): AsyncGenerator<string> {
      let page = first;
      for (let left = pages; ; left -= 1) {
        yield* pageLines(central.pool, page, rows);
        const { to, more } = page;
        const epoch = dataSetOf(page.epoch, page.town);
        yield `${JSON.stringify({ t: 'end', cursor: to, more, epoch, serverTime: central.clock.now() })}\n`;
        if (!more || left === 1) return;
        page = await planPage(central.pool, to, limit, operator.townCode);
      }
    }
    return sendLines(request, reply, lines());
  });
}
