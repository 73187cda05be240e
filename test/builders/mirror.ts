import type { Json } from './http-client.ts';

/** What a replica would hold after lines of snapshot and feed: `table:id` → row. The simplest right reader, to hold the server against. */
export class Mirror {
  readonly rows = new Map<string, Json>();
  cursor = 0;
  more = false;
  /** Last mark of a snapshot. */
  after: string | null = null;
  at = 0;

  apply(lines: readonly Json[]): void {
    for (const line of lines) {
      const data = line.data as Json | undefined;
      if (line.t === 'begin') this.at = Number(line.at);
      if (line.t === 'row' && data) this.rows.set(`${line.table}:${data.id}`, data);
      if (line.t === 'rows') {
        const columns = line.columns as string[];
        for (const row of line.rows as unknown[][]) {
          const fields = Object.fromEntries(columns.map((column, place) => [column, row[place]]));
          this.rows.set(`${line.table}:${fields.id}`, fields);
        }
      }
      if (line.t === 'gone') this.rows.delete(`${line.table}:${line.id}`);
      if (line.t === 'mark') this.after = String(line.after);
      if (line.t !== 'end') continue;
      this.cursor = Number(line.cursor);
      this.more = line.more === true;
    }
  }

  /** Sorted, for comparing. */
  entries(): [string, Json][] {
    return [...this.rows].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
