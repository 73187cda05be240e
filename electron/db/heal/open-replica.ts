import { existsSync } from 'node:fs';
import { Failure } from '../../../shared/errors.ts';
import { openWrite } from '../connection.ts';
import type { Later } from '../fold-log.ts';
import { newestVersion } from '../migrations/migrate.ts';
import { outboxCounts } from '../outbox.ts';
import { OutboxJournal, recordsOf } from '../side-file/journal.ts';
import { alteredCommands, reconcile } from '../side-file/reconcile.ts';
import { lastStates, type ReadRecords } from '../side-file/record.ts';
import { SideFile, sideFileOf } from '../side-file/side-file.ts';
import type { OnSlow, WriteDb } from '../statements.ts';
import { lockForWriting } from '../writer-lock.ts';
import { asidesSince, clearMark, markDamaged, moveAside, readMark } from './aside.ts';
import { checkAtStart } from './checks.ts';
import { asDamage, damage, damagedAgain, isDamage } from './damage.ts';
import { headerTrouble } from './header.ts';

/** A replica was found damaged and stands anew, empty but for its commands. */
export interface Healed {
  at: number;
  /** What was found, for the log. */
  reason: string;
  /** Where the damaged file lies now. */
  movedTo: string;
  /** Commands kept: still to be sent, and refused ones in the tray. */
  pending: number;
  rejected: number;
}

export interface OpenedReplica {
  db: WriteDb;
  healed: Healed | null;
  /** Commands that were not in the file as the side file had them, and are now. */
  restored: number;
}

export interface OpenOptions {
  /** This machine's clock, ms: names what is moved aside. */
  now(): number;
  onSlow?: OnSlow;
  /** How long another writer is waited for, ms. */
  patienceMs?: number;
  /** Runs work once what is under way has been answered; given, the log is folded then, and not within a command's commit. */
  later?: Later;
}

const hour = 3_600_000;
/** Damage found as often within an hour comes from the disk or the memory: a further new file would not last either. */
const mostAnHour = 2;

type Kept = ReadRecords & { bytes: number };

/**
 * Opens the replica for its one writer with the side file of its outbox, and makes it anew where it is damaged: the damaged files are moved aside, the
 * commands come back from the side file, the rows from the server. Only a file beside which a side file of ours lies is ever taken for damaged; that of
 * a newer or another program is refused and stays. One writer at a time: another process, and this one a second time, is refused until the connection
 * closes. Failures as of `openWrite`, and replicaInUse.
 */
export function openReplica(file: string, options: OpenOptions): OpenedReplica {
  const release = lockForWriting(file, options.patienceMs);
  try {
    const opened = openLocked(file, options);
    opened.db.afterClose = release;
    return opened;
  } catch (error) {
    release();
    throw error;
  }
}

function openLocked(file: string, options: OpenOptions): OpenedReplica {
  const side = new SideFile(sideFileOf(file));
  const kept = side.read();
  const mark = readMark(file);
  if (mark?.movedTo) return finish(file, side, kept, options, mark.reason, mark.movedTo);
  if (!existsSync(file)) clearMark(file);
  const found = existsSync(file) ? (mark?.reason ?? trouble(file, kept)) : null;
  if (found !== null) return heal(file, side, kept, options, damage(found));
  try {
    return { ...begin(file, side, kept, options), healed: null };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return heal(file, side, kept, options, error);
  }
}

function trouble(file: string, kept: Kept | null): string | null {
  const head = kept?.records.find((record) => record.t === 'head');
  return head ? headerTrouble(file, head.version) : null;
}

function heal(file: string, side: SideFile, kept: Kept | null, options: OpenOptions, found: Failure): OpenedReplica {
  // Without a side file nothing says that the file was ours, and its commands would be lost with it.
  if (!kept || kept.records.length === 0) throw found;
  const now = options.now();
  if (asidesSince(file, now - hour) >= mostAnHour)
    throw new Failure('replicaDamaged', `damaged again and again: ${found.message}`, {
      detail: damagedAgain,
      cause: found,
    });
  markDamaged(file, { reason: found.message, movedTo: null });
  const movedTo = moveAside(file, now);
  markDamaged(file, { reason: found.message, movedTo });
  return finish(file, side, kept, options, found.message, movedTo);
}

function finish(
  file: string,
  side: SideFile,
  kept: Kept | null,
  options: OpenOptions,
  reason: string,
  movedTo: string,
): OpenedReplica {
  const { db, restored } = begin(file, side, kept, options);
  const { pending, rejected } = outboxCounts(db);
  clearMark(file);
  return { db, restored, healed: { at: options.now(), reason, movedTo, pending, rejected } };
}

/** Opens the file, looks at it, and brings outbox and side file to one. Throws the failure of a damaged replica with the file closed. */
function begin(
  file: string,
  side: SideFile,
  kept: Kept | null,
  options: OpenOptions,
): { db: WriteDb; restored: number } {
  const db = opened(file, kept, options);
  try {
    checkAtStart(db);
    const known = lastStates(kept?.records ?? []);
    if (alteredCommands(db, known).length > 0) throw damage('a command is not what was given');
    const { bytes, restored } = db.transaction(() => {
      const changed = reconcile(db, known);
      return { restored: changed, bytes: changed > 0 || !isFresh(kept) ? side.rewrite(recordsOf(db)) : kept.bytes };
    });
    new OutboxJournal(db, side, bytes, options.later).attach();
    if (options.later) db.foldLater(options.later);
    return { db, restored };
  } catch (error) {
    db.close();
    throw asStartDamage(error, kept);
  }
}

function opened(file: string, kept: Kept | null, options: OpenOptions): WriteDb {
  try {
    return openWrite(file, options.onSlow);
  } catch (error) {
    throw asStartDamage(error, kept);
  }
}

/**
 * At the start only what is stored meets only what this program made: a schema that does not fit its version, a value its column does not take. With a
 * side file there that can only be damage.
 */
function asStartDamage(error: unknown, kept: Kept | null): unknown {
  const code = error instanceof Error && !(error instanceof Failure) && 'code' in error ? String(error.code) : '';
  if (kept && /^SQLITE_(ERROR|CONSTRAINT|SCHEMA|FORMAT|MISMATCH)/.test(code)) return damage(String(error), error);
  return asDamage(error);
}

/** Nothing in it is damaged or of another version, and it is not long: it can be added to. */
function isFresh(kept: Kept | null): kept is Kept {
  const [head] = kept?.records ?? [];
  return kept?.damaged === 0 && head?.t === 'head' && head.version === newestVersion && kept.bytes < 1 << 18;
}
