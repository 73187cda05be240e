import type { ClientBase } from 'pg';
import type { CommandResult, WireCommand } from '../../shared/protocol/commands.ts';

type Answer = Omit<CommandResult, 'duplicate' | 'id'>;

/** The first answer to a command, null when it has had none. */
export async function findResult(client: ClientBase, commandId: string): Promise<CommandResult | null> {
  const found = await client.query<Pick<CommandResult, 'status' | 'reason' | 'detail' | 'rev'>>({
    name: 'find-result',
    text: 'SELECT status, reason, detail, rev FROM command_result WHERE id = $1',
    values: [commandId],
  });
  const row = found.rows[0];
  return row ? { id: commandId, duplicate: true, ...row } : null;
}

/** Stored with the effect, in its transaction. */
export async function storeResult(
  client: ClientBase,
  command: WireCommand,
  accountId: string,
  answer: Answer,
  at: number,
): Promise<void> {
  await client.query(
    `INSERT INTO command_result (id, account_id, case_id, name, workstation, answered_at, status, reason, detail, rev)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      command.id,
      accountId,
      command.caseId,
      command.name,
      command.workstation,
      at,
      answer.status,
      answer.reason,
      answer.detail,
      answer.rev,
    ],
  );
}
