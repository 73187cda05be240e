import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Case } from '../../../shared/model/case.ts';
import {
  feed,
  fill,
  gone,
  line,
  memoryReplica,
  sampleCase,
  sampleFilter,
  sampleRegister,
} from '../sample.test-support.ts';
import type { WriteDb } from '../statements.ts';
import { anyCasePatch } from './arbitraries.test-support.ts';
import { buildStep, buildStepsLeft, rollupsHold, suspendRollups } from './build.ts';
import { countBy, scanSql } from './count-by.ts';
import { mergeChanges, rebuildRollups } from './keep.ts';
import { pairOf, Slots } from './slots.ts';
import { keysOf, rollups } from './tables.ts';

const ids = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'];
type Change = { id: string; patch: Partial<Case> | null };
const anyChange: fc.Arbitrary<Change> = fc.record({
  id: fc.constantFrom(...ids),
  patch: fc.option(anyCasePatch, { freq: 4 }),
});

/** Everything the rollups hold once the log is merged, without the rows that came to nothing. */
function stored(db: WriteDb) {
  mergeChanges(db, 1);
  return rollups.map(({ name }, at) => {
    const order = keysOf(rollups[at] as (typeof rollups)[number]).join(', ');
    return db.all(`SELECT * FROM ${name} WHERE recorded <> 0 ORDER BY ${order}`);
  });
}
function filled(patches: readonly Partial<Case>[]): WriteDb {
  const db = memoryReplica();
  fill(db, [...sampleRegister(), ...patches.map((patch, n) => line('case', sampleCase(ids[n] ?? 'c0', patch)))]);
  return db;
}
function change(db: WriteDb, rev: number, changes: readonly Change[]): void {
  const lines = changes.map(({ id, patch }) =>
    patch ? line('case', sampleCase(id, { ...patch, rev })) : gone('case', id, rev),
  );
  feed(db, rev - 1, rev, lines);
}

describe('rollups built in slices', () => {
  test('hold what one built in one go holds, whatever changes between the slices, and are asked only once they are whole', () => {
    fc.assert(
      fc.property(
        fc.array(anyCasePatch, { minLength: 5, maxLength: 6 }),
        fc.array(fc.array(anyChange, { maxLength: 3 }), { minLength: 4, maxLength: 12 }),
        (first, changes) => {
          const db = filled(first);
          suspendRollups(db);
          let rev = 1;
          let left = buildStepsLeft(db, 2);
          for (let step = 0; !rollupsHold(db); step += 1) {
            buildStep(db, 2);
            const now = changes[step] ?? [];
            if (now.length > 0) change(db, ++rev, now);
            mergeChanges(db, 1);
            const { sql, params } = scanSql(sampleFilter, 'none');
            const [scanned] = db.all<{ recorded: number }>(sql, params);
            expect(countBy(db, sampleFilter, 'none').get(null)?.recorded).toBe(scanned?.recorded);
            if (now.length === 0) expect(buildStepsLeft(db, 2)).toBeLessThanOrEqual(left);
            left = buildStepsLeft(db, 2);
          }
          const kept = stored(db);
          rebuildRollups(db);
          expect(kept).toEqual(stored(db));
          db.close();
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);

  test('count no case that went before its slice was read', () => {
    const db = filled(fc.sample(anyCasePatch, { numRuns: 9, seed: 5 }));
    suspendRollups(db);
    buildStep(db, 2);
    change(
      db,
      2,
      ids.slice(2).map((id) => ({ id, patch: null })),
    );
    while (!rollupsHold(db)) buildStep(db, 2);
    const kept = stored(db);
    rebuildRollups(db);
    expect(kept).toEqual(stored(db));
    db.close();
  });

  test('begin anew after a step that was rolled back, at whichever step that is', () => {
    const patches = fc.sample(anyCasePatch, { numRuns: 6, seed: 5 });
    let steps = 0;
    for (let failing = 0; failing <= steps; failing += 1) {
      const db = filled(patches);
      suspendRollups(db);
      for (let step = 0; !rollupsHold(db); step += 1) {
        if (failing === 0) steps = step;
        if (step !== failing) buildStep(db, 2);
        else
          expect(() =>
            db.transaction(() => {
              buildStep(db, 2);
              throw new Error('the disk is full');
            }),
          ).toThrow('the disk is full');
      }
      const kept = stored(db);
      rebuildRollups(db);
      expect(kept).toEqual(stored(db));
      db.close();
    }
    expect(steps).toBeGreaterThan(9);
  });
});

test('slots tell any two numbers apart, and pairs of large codes too', () => {
  const code = fc.integer({ min: 0, max: 2 ** 26 - 1 });
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.tuple(code, code).map(([a, b]) => pairOf(a, b)),
          fc.constant(-1),
          code,
        ),
        { maxLength: 2000 },
      ),
      (keys) => {
        const slots = new Slots();
        const places = keys.map((key) => slots.of(key));
        expect(places.map((place) => slots.at(place))).toEqual(keys);
        expect(slots.size).toBe(new Set(keys).size);
      },
    ),
    { numRuns: 50 },
  );
});
