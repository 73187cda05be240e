import { columnsOf, type SyncTable } from '../../../shared/protocol/tables.ts';
import { sqlTable } from '../rows.ts';

const sqlTypes = { text: 'TEXT', integer: 'INTEGER', real: 'REAL', boolean: 'INTEGER', json: 'TEXT' } as const;

/**
 * SQL of a migration for fields that the schema knows from now on: a column each, filled from `extra` with what a newer server had sent of it before.
 * Nothing has to be fetched again. The columns can be null: rows of an older server say nothing of them.
 */
export function adoptColumns(table: SyncTable, keys: readonly string[]): string {
  const name = sqlTable(table);
  return columnsOf(table)
    .filter((column) => keys.includes(column.key))
    .map((column) => {
      // JSON columns hold text of JSON; everything else its value, booleans as 0 and 1.
      const value = column.kind === 'json' ? `extra -> '$.${column.key}'` : `extra ->> '$.${column.key}'`;
      return `ALTER TABLE ${name} ADD COLUMN ${column.name} ${sqlTypes[column.kind]};
UPDATE ${name} SET ${column.name} = ${value}, extra = nullif(json_remove(extra, '$.${column.key}'), '{}')
  WHERE json_type(extra, '$.${column.key}') IS NOT NULL;`;
    })
    .join('\n');
}
