import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Case } from '../../../shared/model/case.ts';
import type { CaseFilter } from '../../../shared/model/case-filter.ts';
import { countCases } from '../../../shared/model/metrics/count.ts';
import { type CountMetric, countMetricNames } from '../../../shared/model/metrics/dictionary.ts';
import { beginSnapshot, endSnapshot } from '../apply-snapshot.ts';
import { type Desk, giveCommand } from '../commands/give.ts';
import { openWrite } from '../connection.ts';
import { accepted, rejected } from '../desk.test-support.ts';
import { readFact, writeFact } from '../meta.ts';
import { nextToSend } from '../outbox.ts';
import { recordResults } from '../record-results.ts';
import { readRows } from '../rows.ts';
import {
  feed,
  fill,
  gone,
  line,
  memoryReplica,
  sampleCase,
  sampleFilter,
  sampleInstant,
  sampleOperator,
  sampleRegister,
  scratchFile,
} from '../sample.test-support.ts';
import type { WriteDb } from '../statements.ts';
import { anyCasePatch, anyFilter, anyInstant, inCohort, villages } from './arbitraries.test-support.ts';
import { rollupsHold } from './build.ts';
import { type CountsByKey, countBy, type Dimension, rolledUpSql, type Statement, scanSql } from './count-by.ts';
import { mergeChanges, rebuildRollups } from './keep.ts';
import { type Counts, metricSql, settledSql, sumsOf } from './measures.ts';
import { keysOf, rollups } from './tables.ts';

const ids = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'];
const anyId = fc.constantFrom(...ids);
type Step =
  | { do: 'page'; rows: { id: string; patch: Partial<Case> | null }[] }
  | { do: 'command'; id: string; name: string; args: object; at: number }
  | { do: 'answer'; accepted: boolean }
  | { do: 'resync'; kept: string[]; ended: boolean }
  | { do: 'merge' };

const note = '已到场劝解';
const anyCommand = fc.constantFrom<[string, object]>(
  ['recordAction', { note }],
  ['resolveCase', { level: 'town', note }],
  ['closeCase', { note }],
  ['callBack', { result: 'satisfied', note }],
  ['callBack', { result: 'dissatisfied', note }],
  ['markRisk', { highRisk: true, reason: note }],
  ['dispatchByHand', { villageCode: villages[0], reason: note }],
  ['urgeResponsibles', { degree: 'red', personIds: [], note }],
);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('page' as const),
    rows: fc.array(fc.record({ id: anyId, patch: fc.option(anyCasePatch, { freq: 5 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
  }),
  fc
    .tuple(anyId, anyCommand, anyInstant)
    .map(([id, [name, args], at]) => ({ do: 'command' as const, id, name, args, at })),
  fc.record({ do: fc.constant('answer' as const), accepted: fc.boolean() }),
  fc.record({ do: fc.constant('resync' as const), kept: fc.subarray(ids), ended: fc.boolean() }),
  fc.constant({ do: 'merge' as const }),
);

/** A replica that lives through the steps as the sync loop and an operator would lead it. */
class Life {
  readonly db: WriteDb = memoryReplica();
  private rev = 1;
  private commands = 0;
  private now = sampleInstant;
  private readonly desk: Desk = {
    db: this.db,
    now: () => this.now,
    newId: () => `id-${++this.commands}`,
    workstation: 'ws',
  };

  constructor(first: Partial<Case>[]) {
    fill(this.db, [...sampleRegister(), ...first.map((patch, n) => line('case', sampleCase(ids[n] ?? 'c0', patch)))]);
  }

  run(step: Step): void {
    const { db } = this;
    switch (step.do) {
      case 'page': {
        const cursor = readFact(db, 'cursor');
        if (cursor === null) return;
        this.rev += 1;
        const rows = step.rows.map(({ id, patch }) =>
          patch ? line('case', sampleCase(id, { ...patch, rev: this.rev })) : gone('case', id, this.rev),
        );
        feed(db, cursor, this.rev, rows);
        return;
      }
      case 'command':
        this.now = step.at;
        giveCommand(this.desk, sampleOperator, {
          id: this.desk.newId(),
          caseId: step.id,
          name: step.name,
          args: step.args,
        });
        return;
      case 'answer': {
        const [next] = nextToSend(db, sampleOperator.id, [], 1, sampleInstant + 400 * 86_400_000);
        if (!next) return;
        this.rev += 1;
        recordResults(db, [step.accepted ? accepted(next.id, this.rev) : rejected(next.id)]);
        return;
      }
      case 'resync': {
        this.rev += 1;
        beginSnapshot(db, { epoch: `epoch-${this.rev}`, at: this.rev, total: 9 });
        if (!step.ended) return;
        const rows = step.kept.map((id) =>
          line('case', sampleCase(id, { rev: this.rev, closedAt: sampleInstant - 5 })),
        );
        endSnapshot(db, [...sampleRegister(this.rev), ...rows], this.rev);
        return;
      }
      case 'merge':
        mergeChanges(db, 1);
        return;
      default:
        step satisfies never;
    }
  }
}

/** The same counts in plain code. */
function recount(rows: readonly Case[], filter: CaseFilter, dimension: Dimension): Record<string, Counts> {
  const groups = new Map<string | null, Case[]>();
  for (const row of rows.filter((one) => inCohort(filter, one))) {
    const keys = { town: row.townCode, village: row.villageCode, source: row.source, category: row.category };
    const key = dimension in keys ? keys[dimension as keyof typeof keys] : null;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const counts = [...groups].map(([key, group]) => [String(key), countCases(group, filter.asOf)] as const);
  return Object.fromEntries(counts.filter(([, one]) => one.recorded > 0));
}

const plain = (counts: CountsByKey) => Object.fromEntries([...counts].map(([key, one]) => [String(key), { ...one }]));
const scanned = (db: WriteDb, filter: CaseFilter, dimension: Dimension) => {
  const { sql, params } = scanSql(filter, dimension);
  return Object.fromEntries(
    db.all<Counts & { key: string | null }>(sql, params).map(({ key, ...counts }) => [String(key), counts]),
  );
};
/** Everything the rollups hold, without the rows that came to nothing. */
const stored = (db: WriteDb) =>
  rollups.map((rollup) =>
    db.all(`SELECT * FROM ${rollup.name} WHERE recorded <> 0 ORDER BY ${keysOf(rollup).join(', ')}`),
  );

describe('counts from rollups', () => {
  test('equal a plain recount and the scan after any history of pages, commands, answers and resyncs, as of any instant', () => {
    let followed = 0;
    fc.assert(
      fc.property(
        fc.array(anyCasePatch, { maxLength: ids.length }),
        fc.array(anyStep, { maxLength: 8 }),
        fc.array(anyFilter, { minLength: 3, maxLength: 6 }),
        (first, steps, filters) => {
          const life = new Life(first);
          for (const step of steps) life.run(step);
          const { db } = life;
          const rows = readRows(db, 'case', '');
          for (const filter of filters)
            for (const dimension of ['none', 'town', 'village', 'source', 'category'] as const) {
              const expected = recount(rows, filter, dimension);
              expect(plain(countBy(db, filter, dimension))).toEqual(expected);
              expect(scanned(db, filter, dimension)).toEqual(expected);
            }
          if (rollupsHold(db)) {
            followed += 1;
            mergeChanges(db, 1);
            const kept = stored(db);
            rebuildRollups(db);
            expect(kept).toEqual(stored(db));
          }
          db.close();
        },
      ),
      { numRuns: 80 },
    );
    expect(followed).toBeGreaterThan(40);
  }, 60_000);

  test('equal a plain recount for any filter over some hundred cases, by rollup or not', () => {
    const rows = fc
      .sample(anyCasePatch, { numRuns: 500, seed: 11 })
      .map((patch, n) => sampleCase(`c${n}`, { ...patch, rev: 2 }));
    const db = memoryReplica();
    fill(db, [...sampleRegister(), ...rows.slice(0, 400).map((row) => line('case', row))], 2);
    // The rest stays in the log of changes.
    feed(
      db,
      2,
      3,
      rows.slice(400).map((row) => line('case', { ...row, rev: 3 })),
    );
    let rolledUp = 0;
    fc.assert(
      fc.property(
        anyFilter,
        fc.constantFrom<Dimension[]>('none', 'town', 'village', 'source', 'category'),
        (filter, dimension) => {
          if (rolledUpSql(db, filter, dimension)) rolledUp += 1;
          expect(plain(countBy(db, filter, dimension))).toEqual(recount(rows, filter, dimension));
        },
      ),
      { numRuns: 300 },
    );
    expect(rolledUp).toBeGreaterThan(100);
    db.close();
  }, 30_000);
});

describe('a case', () => {
  test('counts no differently from its settled_at on', () => {
    const db = memoryReplica();
    fill(db, sampleRegister());
    const sql = (metric: (name: CountMetric) => string) =>
      `SELECT ${sumsOf(countMetricNames, metric)} FROM cases c WHERE c.id = 'c0' AND c.settled_at <= :asOf`;
    let rev = 1;
    fc.assert(
      fc.property(anyCasePatch, anyInstant, (patch, asOf) => {
        const row = sampleCase('c0', { ...patch, voidedAt: null, mergedIntoId: null, rev: rev + 1 });
        feed(db, rev, rev + 1, [line('case', row)]);
        rev += 1;
        const settled = db.get<{ at: number }>(`SELECT settled_at AS at FROM cases WHERE id = 'c0'`)?.at ?? 0;
        for (const t of [settled, settled + 1, Math.max(settled, asOf), 9_000_000_000_000_000]) {
          const counts = countCases([row], t);
          expect(db.get(sql(settledSql), { asOf: t })).toEqual(counts);
          expect(db.get(sql(metricSql), { asOf: t })).toEqual(counts);
        }
      }),
      { numRuns: 200 },
    );
    db.close();
  });
});

describe('rollups of another make', () => {
  test('are dropped and built anew when the writer opens the file, and changes go on being followed', () => {
    const file = scratchFile();
    const first = openWrite(file);
    fill(first, [...sampleRegister(), line('case', sampleCase('c0')), line('case', sampleCase('c1'))]);
    writeFact(first, 'rollups', 'of an older dictionary');
    first.run('DROP TRIGGER rollup_update');
    first.run('UPDATE cases SET high_risk = 1');
    first.run('UPDATE rollup_town_kind SET "highRisk" = 7');
    expect(countBy(first, sampleFilter, 'none').get(null)?.highRisk).toBe(2);
    first.close();
    const again = openWrite(file);
    expect(rollupsHold(again)).toBe(true);
    expect(rolledUpSql(again, sampleFilter, 'none')).not.toBeNull();
    expect(countBy(again, sampleFilter, 'none').get(null)?.highRisk).toBe(2);
    again.run(`UPDATE cases SET high_risk = 0 WHERE id = 'c1'`);
    expect(countBy(again, sampleFilter, 'none').get(null)?.highRisk).toBe(1);
    again.close();
  });
});

describe('plans of counts from rollups', () => {
  test.each([
    ['the county, all time', {}, 'town', ['SCAN rollup_town_kind']],
    [
      'a village in a stretch of time',
      {
        scope: { level: 'village', code: villages[0] as string },
        period: { from: sampleInstant - 100 * 86_400_000, to: null },
      },
      'none',
      ['SEARCH rollup_village_source USING PRIMARY KEY (town=? AND village=? AND month>? AND month<?)'],
    ],
    [
      'the county in a stretch of time',
      { period: { from: sampleInstant - 100 * 86_400_000, to: null } },
      'town',
      ['SEARCH rollup_town_source USING PRIMARY KEY (month>? AND month<?)'],
    ],
  ] as const)(
    '%s: a rollup by its key, cases only where an index leads to few',
    (_name, patch, dimension, expected) => {
      const db = memoryReplica();
      fill(db, sampleRegister());
      const statements = rolledUpSql(db, { ...sampleFilter, ...patch }, dimension) ?? [];
      const planOf = ({ sql, params }: Statement) => db.planOf(sql, params).join('\n');
      const fromCases = statements.filter(({ sql }) => sql.includes('FROM cases'));
      const [stored] = statements.map(planOf);
      for (const part of expected) expect(stored).toContain(part);
      expect(fromCases.length).toBeGreaterThan(0);
      for (const plan of fromCases.map(planOf)) expect(plan).toMatch(/SEARCH c USING INDEX cases_(recorded|settled) /);
      db.close();
    },
  );
});
