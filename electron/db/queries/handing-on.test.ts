import { afterAll, expect, test } from 'vitest';
import { writeFact } from '../meta.ts';
import {
  fill,
  line,
  memoryReplica,
  sampleCase,
  sampleInstant,
  sampleOperator,
  sampleRegister,
} from '../sample.test-support.ts';
import { readAssignees } from './assignees.ts';
import { readCaseDetail } from './case-detail.ts';
import { candidateSql, readSimilarCases } from './similar-cases.ts';

const day = 86_400_000;
const village = '350322100200';
const db = memoryReplica();
const stranger = { title: '拖欠工程款', detail: '', address: '' };
const same = [{ name: '林测试', phone: '138 0000 0001' }];
const nobody = [{ name: '黄测试', phone: null }];
const register = sampleRegister().filter((row) => !(row.kind === 'row' && row.table === 'village'));
fill(db, [
  ...register,
  line('village', {
    id: village,
    rev: 1,
    lng: 118.86,
    lat: 25.24,
    name: '霞桥村',
    officialName: '霞桥村民委员会',
    kind: 'village',
    townCode: '350322100',
    tier: 'lagging',
    tierFrom: 0,
    departmentId: 'd-water',
    bindingVersion: 1,
    vacancies: [],
  }),
  line('department', { id: 'd-water', rev: 1, name: '县水利局' }),
  line('department', { id: 'd-land', rev: 1, name: '县自然资源局' }),
  line('person', {
    id: 'p-county',
    rev: 1,
    name: '傅测试',
    phone: null,
    title: '副县长',
    townCode: null,
    synthetic: true,
  }),
  line('case', sampleCase('about')),
  ...(['leader', 'department'] as const).flatMap((kind, at) => {
    const given = { rev: 1, caseId: 'about', at };
    const assigneeName = kind === 'leader' ? '陈测试' : '县水利局';
    const ended = { state: 'returned' as const, endedAt: at, endedBy: '郑测试', endNote: '' };
    return [
      line('assignment', {
        ...given,
        ...ended,
        id: `a-${kind}`,
        kind,
        assigneeId: kind,
        assigneeName,
        basis: 'chosen',
        reason: '',
        by: '郑测试',
      }),
      line('caseEvent', {
        ...given,
        id: `e-${kind}`,
        kind: 'assigned',
        actorId: null,
        actorName: null,
        facts: { kind, assignee: assigneeName },
        note: '',
      }),
    ];
  }),
  line('case', sampleCase('twin', { recordedAt: sampleInstant - 4 * day, closedAt: sampleInstant })),
  line('case', sampleCase('person', { ...stranger, parties: same, recordedAt: sampleInstant - 9 * day })),
  line('case', sampleCase('void', { voidedAt: 1 })),
  line('case', sampleCase('merged', { mergedIntoId: 'twin' })),
  line('case', sampleCase('elsewhere', { villageCode: '350322100201' })),
  line('case', sampleCase('long-ago', { recordedAt: sampleInstant - 99 * day })),
  line('case', sampleCase('other', { ...stranger, parties: nobody })),
]);
afterAll(() => db.close());

test('proposed are standing cases of the same village and season that have a party or their words in common, with what that is', () => {
  const { proposals } = readSimilarCases(db, { caseId: 'about' });
  expect(proposals.map(({ row, likeness }) => [row.id, likeness.party, likeness.days])).toEqual([
    ['twin', 'phone', 3],
    ['person', 'phone', 8],
  ]);
  expect(proposals[0]?.likeness).toMatchObject({ title: 100, address: 100, detail: 100 });
  for (const caseId of ['void', 'merged', 'gone']) expect(readSimilarCases(db, { caseId }).proposals).toEqual([]);
});

test.each(['before', 'after'] as const)('cases %s it are read from the village’s own index in order', (side) => {
  const { sql, params } = candidateSql(sampleCase('about'), side);
  const plan = db.planOf(sql, params).join('\n');
  expect(plan).toMatch(/SEARCH c USING INDEX cases_village \(village_code=\? AND recorded_at>\? AND recorded_at<\?\)/);
  expect(plan).not.toMatch(/TEMP B-TREE|SCAN/);
});

test('an assignee is proposed by the links of the village, with the link; the rest is found by characters, pinyin and initials', () => {
  const all = readAssignees(db, { caseId: 'about', text: '' });
  expect(all.suggested).toEqual([
    { kind: 'department', basis: 'pairedDepartment', id: 'd-water', name: '县水利局' },
    { kind: 'leader', basis: 'leadOfficial', id: 'p-1', name: '陈测试' },
  ]);
  expect(all.villageName).toBe('霞桥村');
  expect(all.leaders.map(({ name, villages }) => [name, villages])).toEqual([
    ['傅测试', []],
    ['陈测试', ['霞桥村']],
  ]);
  for (const text of ['自然', 'ziran', 'zrzy', '县 资源'])
    expect(readAssignees(db, { caseId: 'about', text }).departments.map(({ id }) => id)).toEqual(['d-land']);
  expect(readAssignees(db, { caseId: 'about', text: 'xiaqiao' }).leaders.map(({ id }) => id)).toEqual(['p-1']);
  // What is proposed stays, whatever is looked for.
  expect(readAssignees(db, { caseId: 'about', text: '无' }).suggested).toHaveLength(2);
  expect(readAssignees(db, { caseId: 'gone', text: '' }).suggested).toEqual([]);
});

test('who may not see names sees them masked, proposed or listed', () => {
  writeFact(db, 'operator', { ...sampleOperator, role: 'admin' });
  const { suggested, leaders } = readAssignees(db, { caseId: 'about', text: '' });
  expect(suggested.map(({ name }) => name)).toEqual(['县水利局', '陈*试']);
  expect(leaders.map(({ name }) => name)).toEqual(['傅*试', '陈*试']);
  const detail = readCaseDetail(db, 'about');
  expect(detail?.work.assignments.map(({ assigneeName }) => assigneeName)).toEqual(['陈*试', '县水利局']);
  expect(detail?.timeline.map(({ facts }) => facts.assignee)).toEqual(['陈*试', '县水利局']);
  writeFact(db, 'operator', sampleOperator);
});
