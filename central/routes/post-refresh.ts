import type { FastifyInstance } from 'fastify';
import { refreshRequestSchema, type Session } from '../../shared/protocol/auth.ts';
import type { Central } from '../central.ts';
import { refreshSession } from '../db/tokens.ts';
import { ProblemError, parseArguments } from '../http/problem.ts';

export function postRefresh(app: FastifyInstance, central: Central): void {
  app.post('/auth/refresh', async (request): Promise<Session> => {
    const { refreshToken } = parseArguments(refreshRequestSchema, request.body);
    const session = await refreshSession(central.pool, refreshToken, central.clock.now());
    if (!session) throw new ProblemError(401, 'sessionExpired', 'the refresh token is unknown, used or expired');
    return session;
  });
}
