import type { QueryArgs, QueryResult } from '../../../shared/ipc/contract.ts';
import type { Case } from '../../../shared/model/case.ts';
import { type ComparedCase, proposalsFor, similarWithinDays } from '../../../shared/model/similar-cases.ts';
import { dayMs } from '../../../shared/time/shanghai.ts';
import { readRow, readRowsById } from '../rows.ts';
import type { Params, ReadDb } from '../statements.ts';
import { readCaseRows } from './case-rows.ts';

/** So many of a village's cases are compared, the nearest in time, on each side: a burst must not keep the reader. */
const lookedAt = 1000;

/** Cases that may be the same matter as this one, the likeliest first, each with what they have in common. None for a case that stands for itself no more. */
export function readSimilarCases(db: ReadDb, { caseId }: QueryArgs<'similarCases'>): QueryResult<'similarCases'> {
  const about = readRow(db, 'case', caseId);
  if (!about || about.villageCode === null) return { proposals: [] };
  const found = proposalsFor(about, candidatesOf(db, about), placesOf(db, about));
  const ns = db.column<number>(
    'SELECT c.n FROM json_each(:ids) wanted JOIN cases c ON c.id = wanted.value ORDER BY wanted.key',
    { ids: JSON.stringify(found.map(({ of }) => of.id)) },
  );
  const rows = new Map(readCaseRows(db, ns).map((row) => [row.id, row]));
  return {
    proposals: found.flatMap(({ of, likeness }) => {
      const row = rows.get(of.id);
      return row ? [{ row, likeness }] : [];
    }),
  };
}

function candidatesOf(db: ReadDb, about: Case): ComparedCase[] {
  return (['before', 'after'] as const).flatMap((side) => {
    const { sql, params } = candidateSql(about, side);
    return db.all<Omit<ComparedCase, 'parties'> & { parties: string }>(sql, params).map((row) => ({
      ...row,
      parties: JSON.parse(row.parties) as Case['parties'],
    }));
  });
}

/** Standing cases of the same village recorded before or after it, the nearest first. Exported so that a test can pin its plan. */
export function candidateSql(
  about: Pick<Case, 'id' | 'villageCode' | 'recordedAt'>,
  side: 'before' | 'after',
): { sql: string; params: Params } {
  const span = similarWithinDays * dayMs;
  const [from, to, order] =
    side === 'before'
      ? [about.recordedAt - span, about.recordedAt, 'DESC']
      : [about.recordedAt + 1, about.recordedAt + span, 'ASC'];
  return {
    sql: `SELECT c.id, c.village_code AS "villageCode", c.title, c.detail, c.address, c.parties, c.recorded_at AS "recordedAt",
        c.voided_at AS "voidedAt", c.merged_into_id AS "mergedIntoId"
      FROM cases c INDEXED BY cases_village
      WHERE c.village_code = :village AND c.recorded_at BETWEEN :from AND :to AND c.voided_at IS NULL AND c.merged_into_id IS NULL
        AND c.id <> :id ORDER BY c.recorded_at ${order} LIMIT ${lookedAt}`,
    params: { village: about.villageCode, from, to, id: about.id },
  };
}

/** Names that the words of any case there may carry. */
function placesOf(db: ReadDb, { villageCode, townCode }: Case): string[] {
  const village = readRowsById(db, 'village', [villageCode ?? '']).get(villageCode ?? '');
  const town = readRowsById(db, 'town', [townCode ?? '']).get(townCode ?? '');
  return [village?.officialName, village?.name, town?.name].filter((name) => name !== undefined);
}
