import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Scope } from '../../../shared/model/case-filter.ts';
import { dueSoonMs } from '../../../shared/model/due-state.ts';
import { spikeOf } from '../../../shared/model/spike.ts';
import { transitionsOf, turningKinds, warningKindSchema } from '../../../shared/model/warnings.ts';
import { dayMs } from '../../../shared/time/shanghai.ts';
import { openRead, openWrite } from '../connection.ts';
import { fill, line, sampleCase, sampleInstant, sampleRegister, scratchFile } from '../sample.test-support.ts';
import { queryHandlers } from './handlers.ts';
import { weeksSql } from './spikes.ts';
import { transitionsSql } from './warnings.ts';

const near = fc.integer({ min: -3 * dueSoonMs, max: 3 * dueSoonMs }).map((span) => sampleInstant + span);
const anyCase = fc.record({
  due: near,
  recorded: fc.oneof(near, fc.constant(sampleInstant - 40 * dayMs)),
  closed: fc.constantFrom(false, false, true),
  merged: fc.constantFrom(false, false, false, true),
  high: fc.boolean(),
  village: fc.constantFrom('350322100200', '350322101200'),
  turned: fc.option(fc.record({ kind: fc.constantFrom(...turningKinds, 'riskMarked' as const), at: near })),
});
const made = fc.sample(anyCase, { numRuns: 300, seed: 5 }).map((each, index) => {
  const at = Math.max(each.recorded, each.turned?.at ?? 0);
  const row = sampleCase(`c${index}`, {
    dueAt: each.due,
    recordedAt: each.recorded,
    updatedAt: at,
    highRisk: each.high,
    villageCode: each.village,
    townCode: each.village.slice(0, 9),
    closedAt: each.closed ? sampleInstant : null,
    mergedIntoId: each.merged ? 'other' : null,
  });
  return { ...each, row };
});
const events = made.flatMap(({ turned, row }, index) =>
  turned
    ? [
        line('caseEvent', {
          id: `e${index}`,
          rev: 1,
          caseId: row.id,
          kind: turned.kind,
          at: turned.at,
          actorId: null,
          actorName: null,
          facts: {},
          note: '',
        }),
      ]
    : [],
);
const file = scratchFile();
const writer = openWrite(file);
fill(writer, [...sampleRegister(), ...made.map(({ row }) => line('case', row)), ...events]);
const reader = openRead(file);
const ask = queryHandlers(reader, (work) => work());
afterAll(() => {
  reader.close();
  writer.close();
});
const county: Scope = { level: 'county', code: '350322' };

test('what came to warn within any window is what the rule says of each case, the newest first', () => {
  const scopes = fc.constantFrom<Scope>(county, { level: 'town', code: '350322100' });
  fc.assert(
    fc.property(near, near, scopes, (a, b, scope) => {
      const [from, to] = a < b ? [a, b] : [b, a];
      const answer = ask.warnings({ from, to, scope });
      for (const kind of warningKindSchema.options) {
        const expected = made
          .filter(({ village }) => scope.level === 'county' || village.startsWith(scope.code))
          .flatMap(({ row, turned }) => {
            const risk = turned?.kind === 'riskMarked';
            const turns = { due: turned && !risk ? [turned.at] : [], risk: turned && risk ? [turned.at] : [] };
            return transitionsOf(row, turns, from, to).filter((found) => found.kind === kind);
          });
        expect(answer[kind].count).toBe(expected.length);
        const newest = expected.map(({ at }) => at).sort((x, y) => y - x);
        expect(answer[kind].rows.map(({ at }) => at)).toEqual(newest.slice(0, 20));
      }
    }),
    { numRuns: 150 },
  );
});

test('warnings are read from the stretch of the due and from what changed, never from all cases', () => {
  for (const kind of warningKindSchema.options) {
    const { sql, params } = transitionsSql(kind, county);
    const plan = reader.planOf(sql, { ...params, from: 1, to: 2 }).join('\n');
    if (kind !== 'highRisk') expect(plan).toMatch(/SEARCH c USING INDEX cases_open \(due_at>/);
    expect(plan).toMatch(/SEARCH c USING INDEX cases_updated \(updated_at>/);
    expect(plan).toMatch(/SEARCH e USING (COVERING )?INDEX case_event_case \(case_id=\? AND at</);
    expect(plan).not.toMatch(/SCAN [ce]\b/);
  }
});

test('a spike has the numbers of its village and the cases behind them, read from one index', () => {
  const asOf = sampleInstant + 400 * dayMs;
  const days = [...Array.from({ length: 12 }, (_, index) => index / 2), 7, 8, 15, 22, 22.5, 62.9, 63];
  const writing = days.map((back, index) =>
    line('case', sampleCase(`s${index}`, { rev: 2, recordedAt: asOf - 1 - back * dayMs })),
  );
  fill(writer, [...sampleRegister(2), ...writing], 2);
  const { spikes } = ask.spikes({ asOf });
  const weeks = [1, 0, 0, 0, 0, 2, 1, 2];
  const { spike, ...numbers } = spikeOf(12, weeks);
  expect(spike).toBe(true);
  expect(spikes).toMatchObject([{ villageCode: '350322100200', villageName: '霞桥村', ...numbers }]);
  expect(new Set(spikes[0]?.caseIds)).toEqual(new Set(days.slice(0, 12).map((_, index) => `s${index}`)));
  const plan = reader.planOf(weeksSql, { from: 1, to: 2, week: 3 }).join('\n');
  expect(plan).toMatch(/SEARCH c USING COVERING INDEX cases_village \(village_code=\? AND recorded_at>/);
});
