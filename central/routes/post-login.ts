import type { FastifyInstance } from 'fastify';
import { loginRequestSchema, type Session } from '../../shared/protocol/auth.ts';
import type { Central } from '../central.ts';
import { checkPassword } from '../db/accounts.ts';
import { openSession } from '../db/tokens.ts';
import { ProblemError, parseArguments } from '../http/problem.ts';

export function postLogin(app: FastifyInstance, central: Central): void {
  app.post('/auth/login', async (request): Promise<Session> => {
    const { username, password, workstation } = parseArguments(loginRequestSchema, request.body);
    const now = central.clock.now();
    const check = await checkPassword(central.pool, username, password, now);
    if (check.outcome === 'locked')
      throw new ProblemError(423, 'accountLocked', `locked for ${Math.ceil((check.until - now) / 1000)} s more`);
    if (check.outcome === 'wrong') throw new ProblemError(401, 'wrongPassword', 'user name or password is wrong');
    request.log.info({ operator: check.operator.id, workstation }, 'signed in');
    return openSession(central.pool, check.operator, now);
  });
}
