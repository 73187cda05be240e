import type { QueryResult } from '../../../shared/ipc/contract.ts';
import { readOperator } from '../meta.ts';
import { waitingBatches } from '../outbox-entries.ts';
import { readRow } from '../rows.ts';
import type { ReadDb } from '../statements.ts';

/** As many as are shown at once. */
const most = 3;

/** What the signed-in operator gave last and has not left. Whether its time is over is for whoever has the clock. */
export function readUndoable(db: ReadDb): QueryResult<'undoable'> {
  const operator = readOperator(db);
  if (!operator) return { batches: [] };
  return {
    batches: waitingBatches(db, operator.id, most).map(({ batch, name, args, caseId, cases, leavesAt }) => ({
      batch,
      name,
      cases,
      leavesAt,
      title: readRow(db, 'case', caseId)?.title ?? null,
      code: codeOf(args),
    })),
  };
}

function codeOf(args: unknown): string | null {
  const { degree, outcome } = args as { degree?: unknown; outcome?: unknown };
  const code = degree ?? outcome;
  return typeof code === 'string' ? code : null;
}
