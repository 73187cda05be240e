import { finishLoadStep } from './first-load.ts';
import { readFact, writeFact } from './meta.ts';
import type { ReadDb, WriteDb } from './statements.ts';

/**
 * The newest revision of the present data set that this replica knows to have been: what it holds, what it was told of, what its commands were given. A
 * server that stands below it was restored, although its data set kept its name.
 */
export function newestSeen(db: ReadDb): number {
  const answered = db.get<{ rev: number | null }>(
    `SELECT max(result_rev) AS rev FROM outbox WHERE state = 'accepted'`,
  )?.rev;
  return Math.max(readFact(db, 'cursor') ?? 0, readFact(db, 'seenRev') ?? 0, answered ?? 0);
}

/** The server says that it stands at `rev`. */
export function noteSeen(db: WriteDb, rev: number): void {
  if (rev > newestSeen(db)) writeFact(db, 'seenRev', rev);
}

/**
 * The server was restored: where the replica stands, also within a snapshot, means nothing there. Its rows stay readable until the next snapshot
 * replaces them; for that, what a first load had put off is made first.
 */
export function forgetPlace(db: WriteDb): void {
  while (finishLoadStep(db));
  db.transaction(() => {
    for (const fact of ['snapshot', 'cursor', 'epoch', 'load'] as const) writeFact(db, fact, null);
  });
}
