import type { FastifyInstance } from 'fastify';
import { type CommandResult, commandBatchSchema } from '../../shared/protocol/commands.ts';
import type { Central } from '../central.ts';
import { applyCommand } from '../commands/apply-command.ts';
import { requireOperator } from '../http/operator.ts';
import { parseArguments } from '../http/problem.ts';

/** Each command in its own transaction, one after another in the batch's order: a refused one stops none behind it. */
export function postCommands(app: FastifyInstance, central: Central): void {
  app.post('/sync/commands', async (request) => {
    const { operator } = await requireOperator(central, request);
    const { commands } = parseArguments(commandBatchSchema, request.body);
    const results: CommandResult[] = [];
    for (const command of commands) results.push(await applyCommand(central, operator, command));
    request.log.info({ operator: operator.id, commands: results.length }, 'commands answered');
    return { results, serverTime: central.clock.now() };
  });
}
