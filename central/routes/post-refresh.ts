import type { FastifyInstance } from 'fastify';
import { refreshRequestSchema, type Session } from '../../shared/protocol/auth.ts';
import type { Central } from '../central.ts';
import { refreshSession } from '../db/tokens.ts';
import { ProblemError, parseArguments } from '../http/problem.ts';

export function postRefresh(app: FastifyInstance, central: Central): void {
  app.post('/auth/refresh', async (request): Promise<Session> => {
    const { refreshToken } = parseArguments(refreshRequestSchema, request.body);
    const refreshed = await refreshSession(central.pool, refreshToken, central.clock.now());
    switch (refreshed.outcome) {
      case 'renewed':
        return refreshed.session;
      case 'stolen':
        request.log.warn(
          { operator: refreshed.accountId },
          'a refresh token came again after its successor: signed out',
        );
        throw new ProblemError(401, 'sessionExpired', 'the refresh token was used by two: sign in again');
      case 'ended':
        throw new ProblemError(401, 'sessionExpired', 'the refresh token is unknown or expired');
      default:
        return refreshed satisfies never;
    }
  });
}
