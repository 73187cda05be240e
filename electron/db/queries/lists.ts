import { Failure } from '../../../shared/errors.ts';
import type { QueryArgs, QueryResult } from '../../../shared/ipc/contract.ts';
import type { CaseFilter, CaseSort } from '../../../shared/model/case-filter.ts';
import { casesOf } from '../filter-sql.ts';
import type { ReadDb } from '../statements.ts';
import { readCaseRows } from './case-rows.ts';
import { Reading } from './reading.ts';
import { planWithWords } from './worded-list.ts';

interface OpenList {
  filter: CaseFilter;
  sort: CaseSort;
  reading: Reading;
  /** Number of its cases when it was opened, as far as it was known then. */
  total: number | null;
}

const kept = 8;
/** From so many cases on, what has come and gone is told by numbers alone. */
const longList = 20_000;

/**
 * The open lists of a reader. Opening answers with the first page at once; the rest of the order is read in slices after the answer, or when it is
 * asked for. `later` runs its argument after the answer has gone out.
 */
export class CaseLists {
  private readonly db: ReadDb;
  private readonly later: (work: () => void) => void;
  private readonly lists = new Map<string, OpenList>();
  private opened = 0;

  constructor(db: ReadDb, later: (work: () => void) => void) {
    this.db = db;
    this.later = later;
  }

  open({ filter, sort, limit }: QueryArgs<'openList'>): QueryResult<'openList'> {
    this.opened += 1;
    const listId = `list-${this.opened}`;
    return this.db.consistently(() => {
      const { plan, found } = planWithWords(this.db, filter, sort, limit);
      const reading = new Reading(this.db, plan, found);
      const rows = readCaseRows(this.db, reading.numbersFrom(0, limit));
      const total = reading.done ? reading.length : plan.total;
      this.remember(listId, { filter, sort, reading, total });
      if (!reading.done) this.readLater(listId, reading);
      return { listId, total, rows };
    });
  }

  /** Null: still being counted. */
  total({ listId }: QueryArgs<'listTotal'>): QueryResult<'listTotal'> {
    const { reading, total } = this.list(listId);
    return { total: reading.done ? reading.length : total };
  }

  rows({ listId, offset, limit }: QueryArgs<'listRows'>): QueryResult<'listRows'> {
    return { rows: readCaseRows(this.db, this.list(listId).reading.numbersFrom(offset, limit)) };
  }

  ids({ listId, offset, limit }: QueryArgs<'listIds'>): QueryResult<'listIds'> {
    const ns = this.list(listId).reading.numbersFrom(offset, limit);
    return {
      ids: this.db.column<string>(
        'SELECT c.id FROM json_each(:ns) wanted JOIN cases c ON c.n = wanted.value ORDER BY wanted.key',
        { ns: JSON.stringify(ns) },
      ),
    };
  }

  /** For long lists the difference of the numbers: a case that came and one that went are then not told. */
  delta({ listId }: QueryArgs<'listDelta'>): QueryResult<'listDelta'> {
    const { filter, sort, reading, total } = this.list(listId);
    if ((total ?? 0) > longList) {
      const now = planWithWords(this.db, filter, sort, 1).plan.total ?? total ?? 0;
      return { added: Math.max(0, now - (total ?? 0)), removed: Math.max(0, (total ?? 0) - now) };
    }
    const { where, params } = casesOf(this.db, filter);
    const fresh = this.db.column<number>(`SELECT c.n FROM cases c WHERE ${where}`, params);
    const before = new Set(reading.numbersFrom(0, Number.POSITIVE_INFINITY));
    const same = fresh.reduce((sum, n) => sum + (before.has(n) ? 1 : 0), 0);
    return { added: fresh.length - same, removed: before.size - same };
  }

  /** Only the list opened last is read on by itself. */
  private readLater(listId: string, reading: Reading): void {
    this.later(() => {
      if (listId !== `list-${this.opened}` || reading.done) return;
      reading.readOn();
      this.readLater(listId, reading);
    });
  }

  private remember(listId: string, list: OpenList): void {
    this.lists.set(listId, list);
    while (this.lists.size > kept) this.lists.delete(this.lists.keys().next().value as string);
  }

  /** A list used again is the last to be dropped. */
  private list(listId: string): OpenList {
    const list = this.lists.get(listId);
    if (!list) throw new Failure('badArguments', `list ${listId} is no longer open`, { retry: true, detail: 'listId' });
    this.lists.delete(listId);
    this.lists.set(listId, list);
    return list;
  }
}
