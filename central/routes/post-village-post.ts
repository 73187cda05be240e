import type { FastifyInstance } from 'fastify';
import { ulid } from 'ulid';
import { villagePostSchema } from '../../shared/protocol/village-post.ts';
import type { Central } from '../central.ts';
import { changePost } from '../db/register.ts';
import { requireOperator } from '../http/operator.ts';
import { ProblemError, parseArguments } from '../http/problem.ts';

/** Gives one of a village's 3+N posts to a person, or leaves it vacant (`personId` null). Administrators only. */
export function postVillagePost(app: FastifyInstance, central: Central): void {
  app.post<{ Params: { code: string } }>('/register/villages/:code/posts', async (request) => {
    const { operator } = await requireOperator(central, request);
    if (operator.role !== 'admin') throw new ProblemError(403, 'notPermitted', 'administrators only');
    const body = parseArguments(villagePostSchema, request.body);
    const now = central.clock.now();
    const changed = await changePost(central.pool, { ...body, villageCode: request.params.code }, now, ulid(now));
    if (!changed.ok) throw new ProblemError(404, 'badArguments', 'not in the register', changed.field);
    return { village: changed.village };
  });
}
