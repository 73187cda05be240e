import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../shared/clock.ts';
import { oldestProtocol, protocolHeader, protocolVersion, serverTimeHeader } from '../../shared/protocol/version.ts';
import { ProblemError } from './problem.ts';

/**
 * Both sides name their protocol: a workstation out of range is told so (426) before anything else happens. A request without the header, from a
 * browser or a source's own program, is not a workstation and is let through.
 */
export function checkProtocol(app: FastifyInstance, clock: Clock): void {
  app.addHook('onRequest', async (request) => {
    const given = request.headers[protocolHeader];
    if (given === undefined) return;
    const version = Number(given);
    if (!Number.isInteger(version)) throw new ProblemError(400, 'badArguments', 'not a number', protocolHeader);
    if (version < oldestProtocol)
      throw new ProblemError(
        426,
        'protocolTooOld',
        `this server speaks protocol ${oldestProtocol} to ${protocolVersion}`,
      );
    if (version > protocolVersion)
      throw new ProblemError(
        426,
        'protocolTooNew',
        `this server speaks protocol ${oldestProtocol} to ${protocolVersion}`,
      );
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header(protocolHeader, String(protocolVersion));
    reply.header(serverTimeHeader, String(clock.now()));
  });
}
