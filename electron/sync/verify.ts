import {
  type DigestMode,
  type DigestRow,
  type DigestVerdict,
  digestLimits,
  type RowsAnswer,
} from '../../shared/protocol/digest.ts';
import { type SyncTable, syncTableNames } from '../../shared/protocol/tables.ts';
import type { Changed } from '../db/changed.ts';
import { nextRange, type Range, rowsOfSpan, type Span } from '../db/digest.ts';
import { readFact } from '../db/meta.ts';
import type { Repair } from '../db/repair.ts';
import type { ReadDb } from '../db/statements.ts';
import type { SessionKeeper } from './session.ts';
import type { Transport } from './transport.ts';

/** What a comparison found. */
export interface VerifyReport {
  ranges: number;
  rows: number;
  /** Ranges that kept moving, or would not become equal: nothing can be said of them yet. */
  unsettled: number;
  repaired: number;
  /** Rows sent by the server, ids of lists apart. */
  fetched: number;
  differences: Difference[];
}

/** Ids of rows of a table that the replica lacks, holds otherwise, or holds alone. */
export interface Difference {
  table: SyncTable;
  missing: string[];
  stale: string[];
  extra: string[];
}

export interface VerifyHost {
  db: ReadDb;
  transport: Pick<Transport, 'digest' | 'rows'>;
  session: Pick<SessionKeeper, 'with'>;
  /** Lets others work; resolves also when the signal aborts. `slice`: some rows were read; `moved`: the next pull is to come first. */
  pause(why: 'slice' | 'moved', signal: AbortSignal): Promise<void>;
  /** Makes rows what the server answered, as `repairRows`; null where another process writes the file. */
  mend: ((table: SyncTable, ids: readonly string[], answer: RowsAnswer) => Repair | null) | null;
  repaired(changed: Changed, rows: number): void;
}

interface Todo extends Span {
  tries: number;
}
interface Asked {
  range: Range;
  /** The replica's rows of the range at its cursor. */
  rows: DigestRow[];
  tries: number;
}
type Differs = Extract<DigestVerdict, { state: 'differs' }>;

/** Rows of a range, read in one go while others wait for the writer: some milliseconds of it. Contents take longer. */
export function verifyRows(mode: DigestMode): number {
  return mode === 'content' ? digestLimits.rangeRows / 4 : digestLimits.rangeRows;
}

/** How often a range that moves or does not become equal is looked at before it is left for the next comparison. */
const mostTries = 5;

/**
 * Compares everything a replica holds with its server and, if it may, repairs what differs: only those rows are fetched, only those are written. It can
 * be left at any await and gone on with later.
 */
export class Verify {
  readonly report: VerifyReport = { ranges: 0, rows: 0, unsettled: 0, repaired: 0, fetched: 0, differences: [] };
  /** Data set that is compared; another one needs another comparison. */
  readonly epoch: string | null;
  private readonly mode: DigestMode;
  private readonly host: VerifyHost;
  private readonly mend: VerifyHost['mend'];
  private readonly todo: Todo[];

  constructor(host: VerifyHost, options: { mode: DigestMode; repair: boolean; tables?: readonly SyncTable[] }) {
    this.host = host;
    this.mode = options.mode;
    this.mend = options.repair ? host.mend : null;
    this.epoch = readFact(host.db, 'epoch');
    this.todo = (options.tables ?? syncTableNames).map((table) => ({ table, from: '', to: null, tries: 0 }));
  }

  /**
   * Goes on until nothing is left to compare. Answers whether it came to its end; a signal or another data set stops it. Throws Failure when the line
   * fails: what was not settled is asked again.
   */
  async run(signal: AbortSignal): Promise<boolean> {
    const { session, transport } = this.host;
    while (this.todo.length > 0) {
      if (this.todo[0]?.tries !== 0) await this.host.pause('moved', signal);
      const asked = await this.gather(signal);
      let settled = 0;
      try {
        if (this.lost(signal)) return false;
        const request = { mode: this.mode, ranges: asked.map((one) => one.range) };
        const answer = await session.with(signal, (token) => transport.digest(token, request, signal));
        for (const [index, one] of asked.entries()) {
          if (this.lost(signal) || answer.epoch !== this.epoch) return false;
          const verdict = answer.ranges[index];
          if (verdict) await this.take(one, verdict, signal);
          settled = index + 1;
        }
      } finally {
        this.todo.unshift(...asked.slice(settled).map(({ range, tries }) => ({ ...spanOf(range), tries })));
      }
    }
    return true;
  }

  /** Reads the next ranges, not many at a time, with a pause between: nobody waits long for the writer. */
  private async gather(signal: AbortSignal): Promise<Asked[]> {
    const asked: Asked[] = [];
    const patient = this.todo[0]?.tries !== 0;
    let read = 0;
    while (asked.length < digestLimits.ranges && !this.lost(signal)) {
      const span = this.todo[0];
      // Those that have to wait for a pull come when all others are done.
      if (!span || (span.tries !== 0 && !patient)) break;
      const { range, rows, rest } = nextRange(this.host.db, span, this.mode, verifyRows(this.mode));
      if (rest) this.todo[0] = { ...rest, tries: span.tries };
      else this.todo.shift();
      asked.push({ range, rows, tries: span.tries });
      read += rows.length;
      if (read < verifyRows(this.mode)) continue;
      read = 0;
      await this.host.pause('slice', signal);
    }
    return asked;
  }

  private async take(one: Asked, verdict: DigestVerdict, signal: AbortSignal): Promise<void> {
    switch (verdict.state) {
      case 'equal':
      case 'unknown':
        this.report.ranges += 1;
        this.report.rows += one.range.rows;
        return;
      case 'moved':
        return this.again(one, one.range.to);
      case 'differs':
        return this.differs(one, verdict, signal);
      default:
        verdict satisfies never;
    }
  }

  private async differs(one: Asked, { rows: theirs, upTo, gone }: Differs, signal: AbortSignal): Promise<void> {
    const { db } = this.host;
    const { range } = one;
    const to = upTo ?? range.to;
    let mine = one.rows;
    if (upTo !== null) {
      // The list was cut: it speaks of the first part only, at the cursor asked for.
      const still = db.consistently(() =>
        readFact(db, 'cursor') === range.cursor ? rowsOfSpan(db, { ...spanOf(range), to }, this.mode) : null,
      );
      if (!still) return this.again(one, range.to);
      mine = still;
    }
    const moved = new Set([...(gone ?? []), ...theirs.filter(([, rev]) => rev > range.cursor).map(([id]) => id)]);
    const found = compare(range.table, mine, theirs, moved);
    const ids = [...found.missing, ...found.stale, ...found.extra];
    if (ids.length > 0) this.report.differences.push(found);
    if (upTo !== null) this.todo.unshift({ table: range.table, from: upTo, to: range.to, tries: 0 });
    // All that differs is what the feed is about to bring.
    const settled = ids.length === 0 && moved.size > 0;
    if (settled || (!this.mend && ids.length > 0)) {
      this.report.ranges += 1;
      this.report.rows += one.range.rows;
      return;
    }
    for (let start = 0; start < ids.length; start += digestLimits.rows) {
      if (this.lost(signal)) return;
      await this.fetch(range.table, ids.slice(start, start + digestLimits.rows), signal);
    }
    this.again(one, to);
  }

  private async fetch(table: SyncTable, ids: string[], signal: AbortSignal): Promise<void> {
    const { session, transport } = this.host;
    const answer = await session.with(signal, (token) => transport.rows(token, { table, ids }, signal));
    this.report.fetched += answer.rows.length;
    if (this.lost(signal)) return;
    const done = this.mend?.(table, ids, answer);
    if (!done) return;
    this.report.repaired += done.rows;
    if (done.rows > 0) this.host.repaired(done.changed, done.rows);
  }

  /** Looks at a range once more, after everything else; not for ever. */
  private again({ range, tries }: Asked, to: string | null): void {
    if (tries < mostTries) this.todo.push({ ...spanOf(range), to, tries: tries + 1 });
    else this.report.unsettled += 1;
  }

  private lost(signal: AbortSignal): boolean {
    const { db } = this.host;
    return signal.aborted || readFact(db, 'cursor') === null || readFact(db, 'epoch') !== this.epoch;
  }
}

function spanOf({ table, from, to }: Range): Span {
  return { table, from, to };
}

function compare(
  table: SyncTable,
  mine: readonly DigestRow[],
  theirs: Differs['rows'],
  moved: ReadonlySet<string>,
): Difference {
  const held = new Map(mine.map((row) => [row.id, row]));
  const missing: string[] = [];
  const stale: string[] = [];
  for (const [id, rev, hash] of theirs) {
    const row = held.get(id);
    held.delete(id);
    if (moved.has(id)) continue;
    if (!row) missing.push(id);
    else if (row.rev !== rev || row.hash !== hash) stale.push(id);
  }
  return { table, missing, stale, extra: [...held.keys()].filter((id) => !moved.has(id)) };
}
