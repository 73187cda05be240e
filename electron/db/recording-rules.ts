import { type RecordingRules, recordingRules } from '../../shared/model/recording.ts';
import { readRow, readRows } from './rows.ts';
import type { ReadDb } from './statements.ts';

const known = new WeakMap<ReadDb, { key: string; rules: RecordingRules }>();
const parts = ['setting', 'calendar_day', 'town', 'village'].map(
  (table) => `SELECT count(*) || ' ' || COALESCE(max(rev), 0) || ' ' || COALESCE(sum(rev), 0) AS part FROM ${table}`,
);

/**
 * What a case recorded here is placed and dated by, as the replica holds it: village codes, the address dictionary, deadline rules and calendar. It holds no
 * areas: a point alone is placed by the server.
 */
export function recordingRulesOf(db: ReadDb): RecordingRules {
  const key = db.column<string>(parts.join(' UNION ALL ')).join(';');
  const before = known.get(db);
  if (before?.key === key) return before.rules;
  const rules = recordingRules({
    towns: readRows(db, 'town', ''),
    villages: readRows(db, 'village', ''),
    days: readRows(db, 'calendarDay', ''),
    deadlineRules: readRow(db, 'setting', 'deadlineRules')?.value,
    coverage: readRow(db, 'setting', 'calendarCoverage')?.value,
    locate: () => null,
  });
  known.set(db, { key, rules });
  return rules;
}
