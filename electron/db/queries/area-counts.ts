import type { QueryResult } from '../../../shared/ipc/contract.ts';
import type { CaseFilter, Scope } from '../../../shared/model/case-filter.ts';
import { countBy } from '../rollups/count-by.ts';
import { addCounts, type Counts, noCounts } from '../rollups/measures.ts';
import type { ReadDb } from '../statements.ts';

/** Area just below a scope; a village has none. */
const below = { county: 'town', town: 'village', village: 'none' } as const;

/** Every count for the scope, for each area just below it (also those with none), and for what lies in the scope but in no area. */
export function readAreaCounts(db: ReadDb, filter: CaseFilter): QueryResult<'areaCounts'> {
  const byArea = new Map<string, Counts>(areasBelow(db, filter.scope).map((code) => [code, noCounts()]));
  const total = noCounts();
  let unplaced = noCounts();
  for (const [area, counts] of countBy(db, filter, below[filter.scope.level])) {
    addCounts(total, counts);
    if (area !== null) byArea.set(String(area), counts);
    else if (filter.scope.level !== 'village') unplaced = counts;
  }
  return {
    total: { code: filter.scope.code, counts: total },
    areas: [...byArea].map(([code, counts]) => ({ code, counts })),
    unplaced: { code: filter.scope.code, counts: unplaced },
  };
}

function areasBelow(db: ReadDb, scope: Scope): string[] {
  if (scope.level === 'county') return db.column<string>('SELECT id FROM town ORDER BY id');
  if (scope.level === 'village') return [];
  return db.column<string>('SELECT id FROM village WHERE town_code = :code ORDER BY id', { code: scope.code });
}
