import { type ColumnKind, columnsOf, type SyncTable, snakeCase } from '../../shared/protocol/tables.ts';

/** Name in SQL of a synchronised table; `case` is a reserved word. */
export function sqlTable(table: SyncTable): string {
  return table === 'case' ? 'cases' : snakeCase(table);
}

export const sqlTypes: Record<ColumnKind, string> = {
  text: 'text',
  integer: 'bigint',
  real: 'double precision',
  boolean: 'boolean',
  json: 'jsonb',
};

/** `id, rev, source_no AS "sourceNo", …`: rows as they stand on the wire. */
export function wireColumns(table: SyncTable): string {
  return columnsOf(table)
    .map((column) => (column.key === column.name ? column.name : `${column.name} AS "${column.key}"`))
    .join(', ');
}

/**
 * Stores rows given as one JSON array (`$1`) at a revision (`$2`), new or over the old ones. The database reads the JSON itself: one
 * statement for one row and for thousands.
 */
export function upsertSql(table: SyncTable): string {
  const columns = columnsOf(table);
  const values = columns.map(({ key, kind, nullable }) => {
    if (key === 'rev') return '$2::bigint';
    // JSON null arrives as SQL NULL; where the schema knows no NULL it is the JSON value null.
    return kind === 'json' && !nullable ? `COALESCE(x."${key}", 'null'::jsonb)` : `x."${key}"`;
  });
  const shape = columns.map(({ key, kind }) => `"${key}" ${sqlTypes[kind]}`);
  const names = columns.map((column) => column.name);
  const updates = names.filter((name) => name !== 'id').map((name) => `${name} = EXCLUDED.${name}`);
  return `INSERT INTO ${sqlTable(table)} (${names.join(', ')})
    SELECT ${values.join(', ')} FROM json_to_recordset($1::json) AS x(${shape.join(', ')})
    ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`;
}
