import type { FastifyRequest } from 'fastify';
import type { Central } from '../central.ts';
import { findAccess, type SignedIn } from '../db/tokens.ts';
import { ProblemError } from './problem.ts';

/** The token behind `Authorization: Bearer`, or null. */
export function bearerOf(request: FastifyRequest): string | null {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

/** Who is asking. Throws 401 notSignedIn without a token and 401 sessionExpired with one that no longer counts. */
export async function requireOperator(central: Central, request: FastifyRequest): Promise<SignedIn> {
  const token = bearerOf(request);
  if (token === null) throw new ProblemError(401, 'notSignedIn', 'this address needs a bearer token');
  const signedIn = await findAccess(central.pool, token, central.clock.now());
  if (!signedIn) throw new ProblemError(401, 'sessionExpired', 'the token is unknown or has expired');
  return signedIn;
}
