import { Failure } from '../../shared/errors.ts';
import type { CommandResult } from '../../shared/protocol/commands.ts';
import { type Changed, ChangeList } from './changed.ts';
import { readFact } from './meta.ts';
import { withoutOverlay } from './server-rows.ts';
import type { WriteDb } from './statements.ts';

/**
 * Records the server's answers. Recording one again changes nothing. Accepted: it stays shown until its effect comes by the feed. Rejected: its effect
 * leaves the case, the command stays in the tray with its reason; every other command keeps its place.
 */
export function recordResults(db: WriteDb, results: readonly CommandResult[]): Changed {
  return db.transaction(() => {
    const changed = new ChangeList();
    const cursor = readFact(db, 'cursor');
    for (const result of results) {
      const known = db.get<{ case_id: string }>(
        `SELECT case_id FROM outbox WHERE id = :id AND state IN ('pending', 'sending')`,
        { id: result.id },
      );
      if (!known) continue;
      if (result.status === 'accepted' && result.rev === null)
        throw new Failure('answerMalformed', 'accepted without a revision', { detail: 'rev' });
      withoutOverlay(db, new Set([known.case_id]), changed, () => {
        if (result.status === 'accepted' && cursor !== null && result.rev !== null && result.rev <= cursor)
          db.run('DELETE FROM outbox WHERE id = :id', { id: result.id });
        else
          db.run(
            'UPDATE outbox SET state = :status, reason = :reason, detail = :detail, result_rev = :rev WHERE id = :id',
            {
              id: result.id,
              status: result.status,
              reason: result.reason,
              detail: result.detail,
              rev: result.rev,
            },
          );
      });
    }
    return changed.result();
  });
}
