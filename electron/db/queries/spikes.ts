import type { QueryResult } from '../../../shared/ipc/contract.ts';
import { spikeDays, spikeOf, spikeSpan, spikeWeeks } from '../../../shared/model/spike.ts';
import { dayMs } from '../../../shared/time/shanghai.ts';
import type { ReadDb } from '../statements.ts';

/** Cases of a spike that a list can be opened with. */
const listed = 500;
const counted = 'c.merged_into_id IS NULL AND c.voided_at IS NULL';

/** A bound number is a float to the database, hence the cast. Each village's cases by weeks back from `to`: 0 is the running one. One stretch of an index a village, and no row is read. */
export const weeksSql = `SELECT v.id AS id, v.name AS name, CAST((:to - 1 - c.recorded_at) / :week AS INTEGER) AS back, count(*) AS n
  FROM village v CROSS JOIN cases c INDEXED BY cases_village ON c.village_code = v.id
  WHERE c.recorded_at >= :from AND c.recorded_at < :to AND ${counted} GROUP BY v.id, back`;
const casesSql = `SELECT c.id FROM cases c INDEXED BY cases_village
  WHERE c.village_code = :id AND c.recorded_at >= :from AND c.recorded_at < :to AND ${counted}
  ORDER BY c.recorded_at DESC LIMIT ${listed}`;

export function readSpikes(db: ReadDb, asOf: number): QueryResult<'spikes'> {
  const { from, to, baselineFrom } = spikeSpan(asOf);
  return db.consistently(() => {
    const villages = new Map<string, { name: string; n: number; weeks: number[] }>();
    const params = { from: baselineFrom, to, week: spikeDays * dayMs };
    for (const { id, name, back, n } of db.all<{ id: string; name: string; back: number; n: number }>(
      weeksSql,
      params,
    )) {
      const village = villages.get(id) ?? { name, n: 0, weeks: new Array<number>(spikeWeeks).fill(0) };
      if (back === 0) village.n = n;
      else village.weeks[spikeWeeks - back] = n;
      villages.set(id, village);
    }
    const spikes = [...villages].flatMap(([villageCode, { name, n, weeks }]) => {
      const { spike, ...numbers } = spikeOf(n, weeks);
      if (!spike) return [];
      const caseIds = db.column<string>(casesSql, { id: villageCode, from, to });
      return [{ villageCode, villageName: name, ...numbers, caseIds }];
    });
    spikes.sort((a, b) => b.n - b.threshold - (a.n - a.threshold));
    return { spikes };
  });
}
