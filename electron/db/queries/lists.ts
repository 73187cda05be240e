import { Failure } from '../../../shared/errors.ts';
import type { QueryArgs, QueryResult } from '../../../shared/ipc/contract.ts';
import type { CaseFilter, CaseSort } from '../../../shared/model/case-filter.ts';
import { casesOf, partsOf } from '../filter-sql.ts';
import type { Params, ReadDb } from '../statements.ts';
import { readCaseRows } from './case-rows.ts';

interface OpenList {
  filter: CaseFilter;
  sort: CaseSort;
  /** Numbers of the cases in the list's fixed order. */
  ns: number[];
}

const kept = 8;

/** Statements of a page of a list, in order; exported so that a test can pin their plans. */
export function pageSql(db: ReadDb, filter: CaseFilter, sort: CaseSort): { sql: string; params: Params }[] {
  return partsOf(db, filter, sort).map(({ where, order, params }) => ({
    sql: `SELECT c.n FROM cases c WHERE ${where} ORDER BY ${order} LIMIT :limit`,
    params,
  }));
}

/**
 * The open lists of a reader. Opening answers with the first page at once; the rest of the order is read right after the answer, from the same
 * snapshot, so that page and rest fit together. `later` runs its argument after the answer has gone out.
 */
export class CaseLists {
  private readonly db: ReadDb;
  private readonly later: (work: () => void) => void;
  private readonly lists = new Map<string, OpenList>();
  private opened = 0;
  private unfinished: (() => void) | null = null;

  constructor(db: ReadDb, later: (work: () => void) => void) {
    this.db = db;
    this.later = later;
  }

  open({ filter, sort, limit }: QueryArgs<'openList'>): QueryResult<'openList'> {
    this.settle();
    this.opened += 1;
    const listId = `list-${this.opened}`;
    this.db.beginSnapshot();
    try {
      const first = this.numbers(filter, sort, limit);
      const total = first.length < limit ? first.length : this.count(filter);
      const rows = readCaseRows(this.db, first);
      this.remember(listId, { filter, sort, ns: first });
      if (total > first.length) this.finishLater(listId, filter, sort);
      else this.db.endSnapshot();
      return { listId, total, rows };
    } catch (error) {
      this.db.endSnapshot();
      throw error;
    }
  }

  rows({ listId, offset, limit }: QueryArgs<'listRows'>): QueryResult<'listRows'> {
    return { rows: readCaseRows(this.db, this.list(listId).ns.slice(offset, offset + limit)) };
  }

  ids({ listId, offset, limit }: QueryArgs<'listIds'>): QueryResult<'listIds'> {
    const ns = this.list(listId).ns.slice(offset, offset + limit);
    return {
      ids: this.db.column<string>(
        'SELECT c.id FROM json_each(:ns) wanted JOIN cases c ON c.n = wanted.value ORDER BY wanted.key',
        { ns: JSON.stringify(ns) },
      ),
    };
  }

  delta({ listId }: QueryArgs<'listDelta'>): QueryResult<'listDelta'> {
    const list = this.list(listId);
    const { where, params } = casesOf(this.db, list.filter);
    const fresh = this.db.column<number>(`SELECT c.n FROM cases c WHERE ${where}`, params);
    const before = new Set(list.ns);
    const same = fresh.reduce((sum, n) => sum + (before.has(n) ? 1 : 0), 0);
    return { added: fresh.length - same, removed: before.size - same };
  }

  /** Reads what an answer left for later, and lets go of its snapshot. Every other query calls it first, so that it sees the newest data. */
  settle(): void {
    const work = this.unfinished;
    this.unfinished = null;
    work?.();
  }

  private finishLater(listId: string, filter: CaseFilter, sort: CaseSort): void {
    const finish = () => {
      try {
        const ns = this.numbers(filter, sort, -1);
        const list = this.lists.get(listId);
        if (list) list.ns = ns;
      } finally {
        this.db.endSnapshot();
      }
    };
    this.unfinished = finish;
    this.later(() => {
      if (this.unfinished === finish) this.settle();
    });
  }

  private numbers(filter: CaseFilter, sort: CaseSort, limit: number): number[] {
    const found: number[] = [];
    for (const { sql, params } of pageSql(this.db, filter, sort)) {
      const room = limit < 0 ? -1 : limit - found.length;
      if (room === 0) break;
      for (const n of this.db.column<number>(sql, { ...params, limit: room })) found.push(n);
    }
    return found;
  }

  private count(filter: CaseFilter): number {
    const { where, params } = casesOf(this.db, filter);
    return this.db.get<{ total: number }>(`SELECT count(*) AS total FROM cases c WHERE ${where}`, params)?.total ?? 0;
  }

  private remember(listId: string, list: OpenList): void {
    this.lists.set(listId, list);
    while (this.lists.size > kept) this.lists.delete(this.lists.keys().next().value as string);
  }

  /** A list used again is the last to be dropped. */
  private list(listId: string): OpenList {
    this.settle();
    const list = this.lists.get(listId);
    if (!list) throw new Failure('badArguments', `list ${listId} is no longer open`, { retry: true, detail: 'listId' });
    this.lists.delete(listId);
    this.lists.set(listId, list);
    return list;
  }
}
