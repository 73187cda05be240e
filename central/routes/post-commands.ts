import type { FastifyInstance } from 'fastify';
import { type CommandResult, commandBatchSchema, isOtherData } from '../../shared/protocol/commands.ts';
import type { Central } from '../central.ts';
import { applyCommand } from '../commands/apply-command.ts';
import { readMeta } from '../db/meta.ts';
import { requireOperator } from '../http/operator.ts';
import { ProblemError, parseArguments } from '../http/problem.ts';

/** Each command in its own transaction, one after another in the batch's order: a refused one stops none behind it. */
export function postCommands(app: FastifyInstance, central: Central): void {
  app.post('/sync/commands', async (request) => {
    const { operator } = await requireOperator(central, request);
    const { commands, seen } = parseArguments(commandBatchSchema, request.body);
    if (seen) {
      const { epoch, rev } = await readMeta(central.pool);
      if (isOtherData(seen, epoch, rev)) throw new ProblemError(409, 'cursorAhead', 'these data are others', 'seen');
    }
    const results: CommandResult[] = [];
    for (const command of commands) results.push(await applyCommand(central, operator, command));
    request.log.info({ operator: operator.id, commands: results.length }, 'commands answered');
    return { results, serverTime: central.clock.now() };
  });
}
