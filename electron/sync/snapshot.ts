import { Failure } from '../../shared/errors.ts';
import type { SyncStatus } from '../../shared/model/sync-status.ts';
import {
  applySnapshotPart,
  beginSnapshot,
  endSnapshot,
  finishSnapshotStep,
  type SnapshotItem,
} from '../db/apply-snapshot.ts';
import type { Changed } from '../db/changed.ts';
import { onlySearchIsLeft } from '../db/first-load.ts';
import { readFact, type SnapshotPlace, writeFact } from '../db/meta.ts';
import { isKnown, serverLine, serverLines } from '../db/server-rows.ts';
import type { WriteDb } from '../db/statements.ts';
import type { SessionKeeper } from './session.ts';
import { TermsAhead, type TermsMaker } from './terms-ahead.ts';
import type { Transport } from './transport.ts';

type Progress = NonNullable<SyncStatus['progress']>;
export interface SnapshotWatcher {
  progress(progress: Progress): void;
  changed(changed: Changed): void;
}

/**
 * Size of one transaction at most, in bytes of the wire: some 7,000 cases or 25,000 events, some tenths of a second. Each transaction waits for the disk;
 * what an operator does meanwhile waits for the transaction.
 */
const partBytes = 6_000_000;
/** What a row that was read counts for. */
const rowBytes = 600;

/**
 * Brings the whole data set, applying it at its marks, and goes on from the last one after a cut or a restart. Resolves when the replica stands at the
 * snapshot's revision. `startMaker` starts whoever makes search lists meanwhile, once a first load is under way.
 */
export async function takeSnapshot(
  db: WriteDb,
  transport: Transport,
  session: SessionKeeper,
  watcher: SnapshotWatcher,
  signal: AbortSignal,
  startMaker: (() => TermsMaker) | null = null,
): Promise<void> {
  db.expectMuch(true);
  const ahead = startMaker && new TermsAhead(db, startMaker);
  const told: SnapshotWatcher = {
    progress: (progress) => watcher.progress(progress),
    changed: (changed) => {
      watcher.changed(changed);
      ahead?.next();
    },
  };
  try {
    const rowsAreIn = typeof readFact(db, 'load')?.cursor === 'number';
    if (!rowsAreIn) await bringRows(db, transport, session, told, signal);
    if (readFact(db, 'load')) await finishLoad(db, watcher, signal, ahead);
  } finally {
    ahead?.end();
    db.expectMuch(false);
  }
}

async function finishLoad(
  db: WriteDb,
  watcher: SnapshotWatcher,
  signal: AbortSignal,
  ahead: TermsAhead | null,
): Promise<void> {
  for (;;) {
    ahead?.next();
    if (ahead && onlySearchIsLeft(db)) await ahead.idle();
    if (signal.aborted) throw new Failure('cancelled', 'snapshot');
    const step = finishSnapshotStep(db);
    if ('changed' in step) return watcher.changed(step.changed);
    watcher.progress({ ...step.share, step: 'ordering' });
    // What an operator does meanwhile gets its turn.
    await new Promise((turn) => setImmediate(turn));
  }
}

async function bringRows(
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
    const part = new Part(db, watcher);
    let begun = false;
    try {
      for await (const line of transport.snapshot(token, from, signal)) {
        if (signal.aborted) throw new Failure('cancelled', 'snapshot');
        if (!begun && line.t !== 'begin') throw new Failure('answerMalformed', 'a snapshot without its beginning');
        switch (line.t) {
          case 'begin': {
            if (from && place && line.epoch !== place.epoch) restart(db);
            const total = Object.values(line.counts).reduce((sum, rows) => sum + rows, 0);
            const now = beginSnapshot(db, { epoch: line.epoch, at: line.at, total });
            watcher.progress({ done: now.done, total: now.total, step: 'rows' });
            begun = true;
            break;
          }
          case 'row':
            if (isKnown(line)) part.add([serverLine(line)]);
            break;
          case 'rows':
            if (isKnown(line)) part.add(serverLines(line));
            break;
          case 'packed': {
            const { table, columns, line: bytes } = line;
            if (isKnown(line)) part.add([{ kind: 'packed', table, columns, line: bytes }]);
            break;
          }
          case 'mark':
            part.mark(line.after);
            break;
          case 'end': {
            part.apply();
            const changed = endSnapshot(db, part.rest(), line.cursor);
            if (changed) watcher.changed(changed);
            return;
          }
          default:
            line satisfies never;
        }
      }
      throw new Failure('answerCut', 'a snapshot without its end', { retry: true });
    } catch (error) {
      // What came whole before the cut need not come again.
      if (!signal.aborted) part.apply();
      throw error;
    }
  });
}

/** Rows on their way into the replica: several marks in one transaction, the first at once and then as much as came before, up to `partBytes`. */
class Part {
  private marked: SnapshotItem[] = [];
  private sinceMark: SnapshotItem[] = [];
  private after: string | null = null;
  private bytes = 0;
  private applied = 0;
  private readonly db: WriteDb;
  private readonly watcher: SnapshotWatcher;

  constructor(db: WriteDb, watcher: SnapshotWatcher) {
    this.db = db;
    this.watcher = watcher;
  }

  add(items: readonly SnapshotItem[]): void {
    for (const item of items) {
      this.sinceMark.push(item);
      this.bytes += item.kind === 'packed' ? item.line.byteLength : rowBytes;
    }
  }

  mark(after: string): void {
    for (const item of this.rest()) this.marked.push(item);
    this.after = after;
    if (this.bytes >= Math.min(partBytes, this.applied)) this.apply();
  }

  /** Rows behind the last mark. */
  rest(): SnapshotItem[] {
    const items = this.sinceMark;
    this.sinceMark = [];
    return items;
  }

  /** Applies everything up to the last mark. */
  apply(): void {
    if (this.after === null) return;
    const { marked, after } = this;
    this.applied += this.bytes;
    this.marked = [];
    this.after = null;
    this.bytes = 0;
    const { changed, place } = applySnapshotPart(this.db, marked, after);
    this.watcher.progress({ done: place.done, total: place.total, step: 'rows' });
    this.watcher.changed(changed);
  }
}

/** The data set changed under a resumed snapshot: the rows after the mark are of another one, so it begins anew. */
function restart(db: WriteDb): never {
  writeFact(db, 'snapshot', null);
  throw new Failure('answerCut', 'the data set changed during the snapshot', { retry: true });
}
