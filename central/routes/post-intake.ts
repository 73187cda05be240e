import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseIntake } from '../../shared/protocol/intake.ts';
import type { Central } from '../central.ts';
import { intakeKeyCounts } from '../db/intake-keys.ts';
import { bearerOf } from '../http/operator.ts';
import { ProblemError } from '../http/problem.ts';
import { recordCase } from '../intake/record-case.ts';

/** Key of a source's program, as `Authorization: Bearer` or in this header. */
const keyHeader = 'x-intake-key';

export function postIntake(app: FastifyInstance, central: Central): void {
  app.post<{ Params: { source: string } }>('/intake/:source', async (request, reply) => {
    const { source } = request.params;
    await requireKey(central, request, source);
    if (JSON.stringify(request.body ?? null).includes('\\u0000'))
      throw new ProblemError(400, 'badArguments', 'holds a NUL character', 'body');
    const parsed = parseIntake(source, request.body, central.clock.now());
    if (!parsed.ok) throw new ProblemError(400, 'badArguments', parsed.message, parsed.field);
    const { row, duplicate } = await recordCase(central, parsed.case);
    request.log.info({ case: row.id, source, dispatchState: row.dispatchState, duplicate }, 'a report was taken in');
    return reply.code(duplicate ? 200 : 201).send({
      id: row.id,
      caseId: row.id,
      no: row.no,
      duplicate,
      villageCode: row.villageCode,
      dispatchState: row.dispatchState,
      chain: row.dispatchChain,
      rev: row.rev,
    });
  });
}

async function requireKey(central: Central, request: FastifyRequest, source: string): Promise<void> {
  const key = bearerOf(request) ?? request.headers[keyHeader];
  if (typeof key !== 'string' || key === '') throw new ProblemError(401, 'notSignedIn', 'the intake needs a key');
  const given = central.intakeKeys.get(key);
  if (given === '*' || given === source || (await intakeKeyCounts(central.pool, key, source))) return;
  throw new ProblemError(403, 'notPermitted', `the key does not count for source ${source}`);
}
