import { outboxCounts } from '../../../electron/db/outbox.ts';
import type { WriteDb } from '../../../electron/db/statements.ts';
import type { Transport } from '../../../electron/sync/transport.ts';

/**
 * The common way: what is queued goes up first, and nothing comes down before the queue is empty. In fair weather it does well; one command that the
 * server chokes on stops every change.
 */
export function pullsBehindQueue(transport: Transport, db: WriteDb): Transport {
  return {
    ...transport,
    async *changes(token, cursor, limit, signal) {
      if (outboxCounts(db).pending === 0) yield* transport.changes(token, cursor, limit, signal);
      else yield { t: 'end', cursor, more: false, serverTime: 0 };
    },
  };
}
