import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { undoSeconds } from '../../shared/model/commands/definition.ts';
import { countMetricNames } from '../../shared/model/metrics/dictionary.ts';
import { startCall } from './commands/call-responsible.ts';
import type { Desk } from './commands/give.ts';
import { recordCase } from './commands/record-case.ts';
import { resendRejected } from './commands/resend-rejected.ts';
import { undo } from './commands/undo.ts';
import { urgeResponsibles } from './commands/urge-responsibles.ts';
import { replicaDigest } from './digest.ts';
import { writeFact } from './meta.ts';
import { nextToSend, outboxCounts } from './outbox.ts';
import { readConflicts } from './queries/conflicts.ts';
import { readIntakePlan } from './queries/intake-plan.ts';
import { CaseLists } from './queries/lists.ts';
import { recordResults } from './record-results.ts';
import { countBy } from './rollups/count-by.ts';
import { readRow } from './rows.ts';
import {
  feed,
  fill,
  line,
  memoryReplica,
  sampleCase,
  sampleFilter,
  sampleInstant,
  sampleOperator,
  sampleRegister,
} from './sample.test-support.ts';
import { findCases } from './search.ts';
import type { WriteDb } from './statements.ts';

const villageCode = '350322100200';
const report = {
  source: 'selfReport',
  sourceNo: '',
  title: '路灯不亮夜间难行',
  detail: '连日不亮',
  address: '',
  category: 'livelihood',
  lng: null,
  lat: null,
  villageCode,
  campaigns: [],
  petitionKind: null,
  parties: [{ name: '测试甲', phone: '13800000099' }],
  link: null,
} as const;
const typed = (patch: Partial<Parameters<typeof recordCase>[1]> = {}) => ({
  ...report,
  campaigns: [],
  parties: [{ name: '测试甲', phone: '13800000099' }],
  ...patch,
});

let db: WriteDb;
let desk: Desk;
let now = sampleInstant;
beforeEach(() => {
  db = memoryReplica();
  now = sampleInstant;
  let ids = 0;
  desk = { db, now: () => now, newId: () => `cmd-${String(++ids).padStart(8, '0')}`, workstation: 'ws' };
  fill(db, [...sampleRegister(), line('case', sampleCase('a')), line('case', sampleCase('b'))]);
});

const give = (patch: Parameters<typeof typed>[0] = {}) => {
  const { recorded } = recordCase(desk, typed(patch));
  if (!recorded) throw new Error('refused');
  return recorded;
};
const accepted = (id: string, rev: number) =>
  ({ id, status: 'accepted', duplicate: false, reason: null, detail: null, rev }) as const;
const rejected = (id: string, reason: string, detail: string | null = null) =>
  ({ id, status: 'rejected', duplicate: false, reason, detail, rev: null }) as const;
const leave = () => nextToSend(db, sampleOperator.id, [], 10, now).map(({ name }) => name);
const sees = (text: string) => [...(findCases(db, text)?.candidates.values() ?? [])].length;
/** All that is counted, found and compared. */
const seen = () => ({
  counts: [...countBy(db, sampleFilter, 'village')],
  digest: replicaDigest(db),
  found: sees('路灯'),
  rows: db.column('SELECT id FROM cases ORDER BY id'),
  bases: db.all('SELECT * FROM base_row'),
  events: db.all('SELECT id FROM case_event ORDER BY id'),
});

describe('a case recorded here', () => {
  test('is there at once without a number, placed and dated by the shared rules, and says why', () => {
    const { caseId } = give({ villageCode: null, address: '枫亭镇秀峰村老协会旁' });
    const row = readRow(db, 'case', caseId);
    const village = db.get<{ name: string }>('SELECT name FROM village WHERE id = :villageCode', { villageCode });
    expect(row).toMatchObject({ no: '', rev: 0, title: report.title, recordedAt: sampleInstant });
    expect(row?.dispatchChain.map(({ step }) => step)).toEqual(['villageCode', 'polygon', 'addressDictionary']);
    const plan = readIntakePlan(db, {
      report: { ...report, villageCode: null, address: `枫亭镇${village?.name}老协会旁` },
      recordedAt: sampleInstant,
    });
    expect(plan.deadline).toMatchObject({ ruleId: row?.deadlineRule, dueAt: row?.dueAt });
    expect(readRow(db, 'case', give().caseId)).toMatchObject({ villageCode, dispatchState: 'auto' });
  });

  test('waits to be taken back; what is given on it waits behind it and goes with it', () => {
    const { caseId, commandId } = give();
    urgeResponsibles(desk, { caseIds: [caseId, 'a'], degree: 'red', postKinds: [], note: '请速办' });
    startCall(desk, { caseId, personId: 'p-1' });
    now += 5000;
    expect(leave()).toEqual([]);
    const { undone } = undo(desk, { batch: commandId });
    expect(undone.map(({ name, note }) => [name, note])).toEqual([
      ['recordCase', ''],
      ['urgeResponsibles', '请速办'],
      ['startCall', ''],
    ]);
    expect(readRow(db, 'case', caseId)).toBeNull();
    expect(outboxCounts(db).pending).toBe(1);
  });

  test('leaves first of its case once its time is over', () => {
    const { caseId } = give();
    startCall(desk, { caseId, personId: 'p-1' });
    now += undoSeconds * 1000;
    expect(leave()).toEqual(['recordCase', 'startCall']);
  });

  test('keeps its place in an open list when other rows come, when its number comes and when it has not come yet', () => {
    const lists = new CaseLists(db, (work) => work());
    const { caseId, commandId } = give();
    const { listId } = lists.open({ filter: sampleFilter, sort: 'recorded', limit: 50 });
    const listed = () => lists.rows({ listId, offset: 0, limit: 50 }).rows.map(({ id, no }) => [id, no]);
    const before = listed();
    feed(db, 1, 2, [line('case', sampleCase('c', { rev: 2 })), line('case', sampleCase('d', { rev: 2 }))]);
    expect(listed()).toEqual(before);
    recordResults(db, [accepted(commandId, 4)]);
    feed(db, 2, 3, [line('case', sampleCase('e', { rev: 3 }))]);
    expect(listed()).toEqual(before);
    const row = readRow(db, 'case', caseId) ?? {};
    feed(db, 3, 4, [line('case', sampleCase(caseId, { ...row, rev: 4, no: 'XY-2023-08-0042' }))]);
    expect(listed()).toEqual(before.map(([id, no]) => [id, id === caseId ? 'XY-2023-08-0042' : no]));
    expect(db.all('SELECT * FROM base_row')).toEqual([]);
    expect(outboxCounts(db)).toEqual({ pending: 0, choked: 0, rejected: 0 });
  });

  test('refused lies in the tray with everything that was typed, named by its title, and can be given again', () => {
    const { caseId, commandId } = give({ sourceNo: 'W-1', address: '村口' });
    urgeResponsibles(desk, { caseIds: [caseId], degree: 'red', postKinds: [], note: '' });
    recordResults(db, [rejected(commandId, 'sourceNoKnown', 'XY-2023-08-0007')]);
    expect(readRow(db, 'case', caseId)).toBeNull();
    const [conflict] = readConflicts(db).conflicts;
    expect(conflict).toMatchObject({ title: report.title, name: 'recordCase' });
    expect(Object.fromEntries(conflict?.fields.map(({ key, mine }) => [key, mine]) ?? [])).toMatchObject({
      title: { text: report.title },
      detail: { text: report.detail },
      address: { text: '村口' },
      sourceNo: { text: 'W-1' },
      parties: { text: '测试甲 13800000099' },
    });
    expect(conflict?.fields[0]).toMatchObject({ key: 'knownCase', theirs: { text: 'XY-2023-08-0007' } });
    resendRejected(desk, { commandId });
    expect(readRow(db, 'case', caseId)?.title).toBe(report.title);
  });

  test('twice by its source number is refused with the case there is', () => {
    fill(
      db,
      [line('case', sampleCase('k', { rev: 2, source: 'hotline12345', sourceNo: 'GD-2023 0815/7', no: 'XY-7' }))],
      2,
    );
    const again = () => recordCase(desk, typed({ source: 'hotline12345', sourceNo: ' GD-2023 0815/7 ' }));
    expect(again()).toEqual({
      recorded: null,
      refused: { reason: 'sourceNoKnown', detail: 'XY-7', caseId: 'k' },
    });
    give({ source: 'police110', sourceNo: 'GD-2023 0815/7' });
    give();
    give();
    expect(outboxCounts(db).pending).toBe(3);
  });

  test('by a town’s clerk lies in the own town', () => {
    writeFact(db, 'operator', { ...sampleOperator, role: 'townClerk', townCode: '350322101' });
    expect(recordCase(desk, typed()).refused).toMatchObject({ reason: 'outsideTown' });
    writeFact(db, 'operator', { ...sampleOperator, role: 'townClerk', townCode: '350322100' });
    expect(recordCase(desk, typed()).refused).toBeNull();
  });
});

test('whatever happens over it, a case that was taken back or refused leaves no trace in counts, search, lists or digest', () => {
  const step = fc.constantFrom('server', 'urge', 'call', 'second', 'clerk');
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), fc.boolean(), (steps, takenBack) => {
      const worlds = [true, false].map((giving) => {
        db = memoryReplica();
        now = sampleInstant;
        let ids = 0;
        const own: Desk = {
          db,
          now: () => now,
          newId: () => `cmd-${String(++ids).padStart(8, '0')}`,
          workstation: 'ws',
        };
        desk = own;
        fill(db, [...sampleRegister(), line('case', sampleCase('a')), line('case', sampleCase('b'))]);
        const given = giving ? give({ sourceNo: 'X-1' }) : null;
        let rev = 1;
        for (const kind of steps) {
          rev += 1;
          ids = 100 * rev;
          if (kind === 'server')
            feed(db, rev - 1, rev, [line('case', sampleCase(`s${rev}`, { rev, title: '路灯修好了' }))]);
          else feed(db, rev - 1, rev, [line('case', sampleCase('a', { rev }))]);
          if (kind === 'urge' && given)
            urgeResponsibles(own, { caseIds: [given.caseId], degree: 'red', postKinds: [], note: '' });
          if (kind === 'call' && given) startCall(own, { caseId: given.caseId, personId: 'p-1' });
          if (kind === 'second') give({ title: '另一盏路灯' });
        }
        if (given && takenBack) undo(own, { batch: given.commandId });
        else if (given) recordResults(db, [rejected(given.commandId, 'sourceNoKnown')]);
        const result = {
          ...seen(),
          counted: countMetricNames.map((name) => countBy(db, { ...sampleFilter, metric: name }, 'none')),
        };
        db.close();
        return result;
      });
      expect(worlds[0]).toEqual(worlds[1]);
    }),
    { numRuns: 40 },
  );
}, 60_000);
