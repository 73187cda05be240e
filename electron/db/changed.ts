import type { SyncTable } from '../../shared/protocol/tables.ts';

/** What a write touched: for the page to read again. `caseIds` null: too many to name. */
export interface Changed {
  /** Rows of the server's that were new or newer. */
  rows: number;
  tables: SyncTable[];
  caseIds: string[] | null;
}

const nameable = 200;

/** Gathers what changes while a transaction runs. */
export class ChangeList {
  private rows = 0;
  private readonly tables = new Set<SyncTable>();
  private readonly caseIds = new Set<string>();
  private unnamed = false;

  row(table: SyncTable, caseId: string | null): void {
    this.rows += 1;
    this.tables.add(table);
    if (caseId !== null && this.caseIds.size <= nameable) this.caseIds.add(caseId);
  }

  /** So many rows of a table, of cases that nobody looked at. */
  many(table: SyncTable, rows: number): void {
    if (rows === 0) return;
    this.rows += rows;
    this.tables.add(table);
    this.unnamed = true;
  }

  shown(caseId: string): void {
    this.tables.add('case');
    if (this.caseIds.size <= nameable) this.caseIds.add(caseId);
  }

  result(): Changed {
    const caseIds = this.unnamed || this.caseIds.size > nameable ? null : [...this.caseIds];
    return { rows: this.rows, tables: [...this.tables], caseIds };
  }
}
