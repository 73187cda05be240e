import { Failure } from '../../shared/errors.ts';
import { applySnapshotPart, beginSnapshot, endSnapshot } from '../db/apply-snapshot.ts';
import type { Changed } from '../db/changed.ts';
import { readFact, type SnapshotPlace, writeFact } from '../db/meta.ts';
import { type ServerLine, serverLine, serverLines } from '../db/server-rows.ts';
import type { WriteDb } from '../db/statements.ts';
import type { SessionKeeper } from './session.ts';
import type { Transport } from './transport.ts';

export interface SnapshotWatcher {
  progress(done: number, total: number): void;
  changed(changed: Changed): void;
}

/**
 * Brings the whole data set, applying it at every mark, and goes on from the last one after a cut or a restart. Resolves when the replica stands at the
 * snapshot's revision.
 */
export async function takeSnapshot(
  db: WriteDb,
  transport: Transport,
  session: SessionKeeper,
  watcher: SnapshotWatcher,
  signal: AbortSignal,
): Promise<void> {
  const place = readFact(db, 'snapshot');
  const from = place?.after ? { at: place.at, after: place.after } : null;
  try {
    await read(db, transport, session, watcher, signal, place, from);
  } catch (error) {
    // The server cannot go on from our place: the next try begins anew.
    if (from && error instanceof Failure && (error.detail === 'cursorAhead' || error.kind === 'badArguments'))
      writeFact(db, 'snapshot', null);
    throw error;
  }
}

async function read(
  db: WriteDb,
  transport: Transport,
  session: SessionKeeper,
  watcher: SnapshotWatcher,
  signal: AbortSignal,
  place: SnapshotPlace | null,
  from: { at: number; after: string } | null,
): Promise<void> {
  await session.with(signal, async (token) => {
    let held: ServerLine[] = [];
    let begun = false;
    for await (const line of transport.snapshot(token, from, signal)) {
      if (signal.aborted) throw new Failure('cancelled', 'snapshot');
      if (!begun && line.t !== 'begin') throw new Failure('answerMalformed', 'a snapshot without its beginning');
      switch (line.t) {
        case 'begin': {
          if (from && place && line.epoch !== place.epoch) restart(db);
          const total = Object.values(line.counts).reduce((sum, rows) => sum + rows, 0);
          const now = beginSnapshot(db, { epoch: line.epoch, at: line.at, total });
          watcher.progress(now.done, now.total);
          begun = true;
          break;
        }
        case 'row':
          held.push(serverLine(line));
          break;
        case 'rows':
          for (const one of serverLines(line)) held.push(one);
          break;
        case 'mark': {
          const { changed, place: now } = applySnapshotPart(db, held, line.after);
          held = [];
          watcher.progress(now.done, now.total);
          watcher.changed(changed);
          break;
        }
        case 'end':
          watcher.changed(endSnapshot(db, held, line.cursor));
          return;
        default:
          line satisfies never;
      }
    }
    throw new Failure('answerCut', 'a snapshot without its end', { retry: true });
  });
}

/** The data set changed under a resumed snapshot: the rows after the mark are of another one, so it begins anew. */
function restart(db: WriteDb): never {
  writeFact(db, 'snapshot', null);
  throw new Failure('answerCut', 'the data set changed during the snapshot', { retry: true });
}
