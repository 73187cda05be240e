import { beforeEach, expect, test } from 'vitest';
import type { CaseEvent } from '../../../shared/model/case-event.ts';
import type { ConflictField } from '../../../shared/model/commands/conflict-field.ts';
import { finishCall, startCall } from '../commands/call-responsible.ts';
import type { Desk } from '../commands/give.ts';
import { urgeResponsibles } from '../commands/urge-responsibles.ts';
import { rejected, sampleDesk } from '../desk.test-support.ts';
import { writeFact } from '../meta.ts';
import { markChoked } from '../outbox.ts';
import { recordResults } from '../record-results.ts';
import {
  feed,
  fill,
  line,
  memoryReplica,
  sampleCase,
  sampleInstant,
  sampleOperator,
  sampleRegister,
} from '../sample.test-support.ts';
import type { WriteDb } from '../statements.ts';
import { readConflicts } from './conflicts.ts';

let db: WriteDb;
let desk: Desk;
beforeEach(() => {
  db = memoryReplica();
  fill(db, [...sampleRegister(), line('case', sampleCase('a')), line('case', sampleCase('b'))]);
  desk = sampleDesk(db);
});
const refuse = (id: string, reason: string) => recordResults(db, [rejected(id, reason)]);
const urge = (caseId: string, note = '') =>
  urgeResponsibles(desk, { caseIds: [caseId], degree: 'yellow', postKinds: [], note }).queued[0]?.commandId ?? '';
const event = (id: string, facts: Partial<CaseEvent>): CaseEvent => ({
  id,
  rev: 2,
  caseId: 'a',
  kind: 'closed',
  at: sampleInstant - 60_000,
  actorId: 'op-9',
  actorName: '林经办',
  facts: {},
  note: '',
  ...facts,
});
const byKey = (fields: readonly ConflictField[] = []) => Object.fromEntries(fields.map((field) => [field.key, field]));

test('a refused urging is shown with case, place, degree, recipients and note beside what stands, and who closed the case', () => {
  const id = urge('a', '请今晚到场');
  feed(db, 1, 2, [
    line('case', sampleCase('a', { rev: 2, closedAt: sampleInstant - 60_000 })),
    line('caseEvent', event('e-1', { note: '双方已和解' })),
  ]);
  refuse(id, 'caseClosed');
  const { total, conflicts } = readConflicts(db);
  expect(total).toBe(1);
  expect(conflicts[0]).toMatchObject({
    id,
    no: 'XYa',
    title: sampleCase('a').title,
    townName: '枫亭镇',
    villageName: '霞桥村',
    reason: 'caseClosed',
    operatorName: sampleOperator.name,
    issuedAt: sampleInstant,
  });
  const fields = byKey(conflicts[0]?.fields);
  expect(conflicts[0]?.fields[0]).toEqual({
    key: 'closedAt',
    mine: null,
    theirs: { kind: 'instant', at: sampleInstant - 60_000 },
    by: { name: '林经办', at: sampleInstant - 60_000 },
  });
  expect(fields.degree).toMatchObject({ mine: { code: 'yellow' }, theirs: null });
  expect(fields.recipients?.mine).toEqual({ kind: 'persons', n: 3, names: ['陈测试', '吴测试', '黄测试'] });
  expect(fields.note?.mine).toEqual({ kind: 'text', text: '请今晚到场' });
});

test('two outcomes of one call stand beside each other with both notes and the other operator', () => {
  const { callId } = startCall(desk, { caseId: 'a', personId: 'p-1' });
  const { commandId } = finishCall(desk, { caseId: 'a', callId, outcome: 'answered', note: '答应明早到场' });
  const call = { caseId: 'a', personId: 'p-1', operatorId: 'op-1', startedAt: sampleInstant } as const;
  feed(db, 1, 2, [
    line('call', { ...call, id: callId, rev: 2, finishedAt: sampleInstant + 5, outcome: 'busy', note: '占线' }),
    line('caseEvent', event('e-2', { kind: 'callFinished', facts: { callId, outcome: 'busy' }, note: '占线' })),
    line('caseEvent', event('e-3', { kind: 'callFinished', at: sampleInstant, facts: { callId: 'other' } })),
  ]);
  refuse(commandId, 'callFinished');
  const fields = byKey(readConflicts(db).conflicts[0]?.fields);
  expect(fields.outcome).toEqual({
    key: 'outcome',
    mine: { kind: 'code', group: 'callOutcome', code: 'answered' },
    theirs: { kind: 'code', group: 'callOutcome', code: 'busy' },
    by: { name: '林经办', at: sampleInstant - 60_000 },
  });
  expect(fields.note).toMatchObject({ mine: { text: '答应明早到场' }, theirs: { text: '占线' } });
});

test('what still waits here is no part of what stands at the server', () => {
  const id = urge('a');
  refuse(id, 'personUnknown');
  urge('a');
  const fields = byKey(readConflicts(db).conflicts[0]?.fields);
  expect(fields.degree?.theirs).toBeNull();
  expect(fields.recipients?.theirs).toBeNull();
});

test('a command the server chokes on is named with its case and how many wait behind it', () => {
  const first = urge('a');
  urge('a');
  urge('b');
  markChoked(db, first, sampleInstant + 3);
  expect(readConflicts(db)).toMatchObject({
    total: 0,
    choked: [{ id: first, caseId: 'a', no: 'XYa', chokedAt: sampleInstant + 3, behind: 1 }],
  });
});

test('names are masked for whoever may not see them', () => {
  refuse(urge('a'), 'personUnknown');
  writeFact(db, 'operator', { ...sampleOperator, role: 'auditor' });
  const { recipients } = byKey(readConflicts(db).conflicts[0]?.fields);
  expect(JSON.stringify(recipients)).not.toContain('陈测试');
});
