/**
 * Facts that follow from a case's own columns, computed by the database so that no writer can forget them; a column of none of them is stored twice.
 *
 * - `recorded_month`: calendar month of the recording in Asia/Shanghai as YYYYMM; instants outside 1970–9999 count to the first or last of them.
 * - `settled_at`: from this instant on, no count metric of the case changes with time any more. Closed: the newest of its moments. Open: also the first
 *   instant at which it is overdue. `rollups/settled.test.ts` holds it against the dictionary.
 * - `cell`: square of the map grid, see `rollups/grid.ts`; null without a point.
 */
export const deriveFacts = {
  version: 20,
  sql: `
ALTER TABLE cases ADD COLUMN recorded_month INTEGER GENERATED ALWAYS AS (
  CAST(strftime('%Y%m', (min(max(recorded_at, 0), 253402271999000) + 28800000) / 1000, 'unixepoch') AS INTEGER)
) VIRTUAL;
ALTER TABLE cases ADD COLUMN settled_at INTEGER GENERATED ALWAYS AS (
  max(COALESCE(closed_at, due_at + 1), COALESCE(first_action_at, 0), COALESCE(resolved_at, 0), COALESCE(called_back_at, 0))
) VIRTUAL;
ALTER TABLE cases ADD COLUMN cell INTEGER GENERATED ALWAYS AS (
  CAST((lng + 180.0) / 360.0 * 131072.0 AS INTEGER) * 131072 + CAST((90.0 - lat) * 1.108 / 360.0 * 131072.0 AS INTEGER)
) VIRTUAL;
CREATE INDEX cases_settled ON cases (settled_at);
CREATE INDEX cases_cell ON cases (cell) WHERE cell IS NOT NULL;
CREATE INDEX cases_village ON cases (village_code, recorded_at);
CREATE INDEX cases_tagged ON cases (recorded_at) WHERE campaigns <> '[]';
`,
} as const;
