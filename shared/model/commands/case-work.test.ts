import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { syncTables } from '../../protocol/tables.ts';
import { dayMs } from '../../time/shanghai.ts';
import type { Case } from '../case.ts';
import { isHigher, levelSchema, petitionBatchSchema, type Role, roleSchema } from '../codes.ts';
import { type CaseRecords, noRecords, recordKinds, tableOfRecords } from '../effects.ts';
import { contextFrom, type Holdings } from './context.ts';
import { heldAt } from './escalate-case.ts';
import { dispatched, fresh, persons, start, villages } from './fixture.test-support.ts';
import { applyCaseCommand } from './registry.ts';

/** A county of three cases: what a server holds of them, changed by accepted commands only. */
class County {
  cases = new Map<string, Case>();
  records = noRecords();
  at = start;
  #n = 0;

  constructor(facts: Partial<Case> = {}) {
    for (const id of ['case-1', 'case-2', 'case-3'])
      this.cases.set(id, { ...fresh({ ...dispatched, petitionKind: 'first', ...facts }), id, no: `XY-${id}` });
  }

  of(caseId: string): CaseRecords {
    const own = noRecords();
    for (const kind of recordKinds) own[kind] = this.records[kind].filter((row) => row.caseId === caseId) as never;
    return own;
  }

  give(caseId: string, name: string, args: unknown, role: Role = 'admin') {
    this.#n += 1;
    this.at += 1000;
    const held: Holdings = {
      named: (table, ids) => {
        const all: Record<string, ReadonlyMap<string, unknown>> = {
          person: persons,
          village: villages,
          department: new Map([['d1', { id: 'd1', name: '自然资源局' }]]),
          campaign: new Map([['hundred-days', { id: 'hundred-days', name: '百日攻坚' }]]),
          case: this.cases,
        };
        return new Map(ids.flatMap((id) => (all[table]?.has(id) ? [[id, all[table].get(id) as never]] : [])));
      },
      records: (kind) => this.of(caseId)[kind],
      mergedHere: () => [...this.cases.values()].filter((one) => one.mergedIntoId === caseId).map(({ id }) => id),
      caseRules: () => null,
    };
    const head = {
      commandId: `command-${String(this.#n).padStart(4, '0')}`,
      at: this.at,
      operator: { id: 'op', name: '郑某' },
    };
    const before = this.cases.get(caseId) as Case;
    const outcome = applyCaseCommand(before, name, args, role, contextFrom(head, { name, args }, held));
    if (outcome.ok) {
      this.cases.set(caseId, outcome.effects.case);
      for (const kind of recordKinds)
        for (const row of outcome.effects[kind]) {
          syncTables[tableOfRecords[kind]].parse(row);
          this.records[kind] = [...this.records[kind].filter((one) => one.id !== row.id), row] as never;
        }
    }
    return outcome;
  }

  case(id = 'case-1'): Case {
    return this.cases.get(id) as Case;
  }
}

const consultation = {
  level: 'village',
  heldAt: start,
  participants: '村两委、双方',
  options: ['调解'],
  conclusion: '再议',
};
const up = { toLevel: 'town', reason: '村里办不了', override: false };

describe('the closed loop of a case', () => {
  it('an escalation wants two consultations at the level it leaves, and says how many there are', () => {
    const county = new County();
    expect(county.give('case-1', 'escalateCase', up)).toMatchObject({ reason: 'consultationsMissing', detail: '0/2' });
    county.give('case-1', 'recordConsultation', consultation);
    expect(county.give('case-1', 'escalateCase', up)).toMatchObject({ reason: 'consultationsMissing', detail: '1/2' });
    county.give('case-1', 'recordConsultation', consultation);
    expect(county.give('case-1', 'escalateCase', up).ok).toBe(true);
    expect(county.case().level).toBe('town');
    // Those of the village do not count for the town.
    expect(county.give('case-1', 'escalateCase', { ...up, toLevel: 'county' })).toMatchObject({ detail: '0/2' });
  });

  it('an override escalates without them and stands in the record; it still wants a reason', () => {
    const county = new County();
    expect(county.give('case-1', 'escalateCase', { ...up, override: true, reason: ' ' })).toMatchObject({
      reason: 'reasonMissing',
    });
    expect(county.give('case-1', 'escalateCase', { ...up, override: true }).ok).toBe(true);
    expect(county.records.escalations).toMatchObject([{ override: true, consultations: 0, state: 'open' }]);
    expect(county.records.events.at(-1)?.facts).toMatchObject({ override: true });
  });

  it('a case that goes back to its sender leaves the county inbox, and its assignee with it', () => {
    const county = new County();
    county.give('case-1', 'escalateCase', { toLevel: 'county', reason: '重大', override: true });
    const assign = { kind: 'department', personId: null, departmentId: 'd1', basis: 'chosen', reason: '职责所在' };
    expect(county.give('case-2', 'assignCase', assign)).toMatchObject({ reason: 'notAtCounty' });
    expect(county.give('case-1', 'assignCase', assign).ok).toBe(true);
    expect(county.give('case-1', 'assignCase', assign)).toMatchObject({ reason: 'alreadyAssigned' });
    const [escalation] = county.records.escalations;
    county.give('case-1', 'returnEscalation', { escalationId: escalation?.id, note: '材料不全' });
    expect(heldAt(county.records.escalations)).toBe('village');
    expect(county.records.assignments).toMatchObject([{ state: 'settled', assigneeName: '自然资源局' }]);
    expect(county.case().level).toBe('county');
  });

  it('an extension moves the due only when it is approved, keeps the original, and is marked when it was asked too late', () => {
    const county = new County();
    const due = county.case().dueAt;
    const ask = { newDueAt: due + 5 * dayMs, reason: '等待鉴定' };
    expect(county.give('case-1', 'askExtension', { ...ask, newDueAt: due })).toMatchObject({ reason: 'dueNotLater' });
    expect(county.give('case-1', 'askExtension', { ...ask, newDueAt: due + 91 * dayMs })).toMatchObject({
      reason: 'dueTooFar',
    });
    county.give('case-1', 'askExtension', ask);
    expect(county.give('case-1', 'askExtension', ask)).toMatchObject({ reason: 'extensionOpen' });
    expect(county.case().dueAt).toBe(due);
    const extensionId = county.records.extensions[0]?.id;
    expect(
      county.give('case-1', 'decideExtension', { extensionId, approve: true, note: '' }, 'dispatcher'),
    ).toMatchObject({
      reason: 'notPermitted',
    });
    county.give('case-1', 'decideExtension', { extensionId, approve: true, note: '' }, 'leader');
    expect(county.case()).toMatchObject({ dueAt: ask.newDueAt, originalDueAt: due });
    county.at = ask.newDueAt + dayMs;
    county.give('case-1', 'askExtension', { newDueAt: county.at + 9 * dayMs, reason: '仍在鉴定' });
    expect(county.records.extensions.at(-1)).toMatchObject({ late: true, state: 'asked' });
    const second = county.records.extensions.at(-1)?.id;
    county.give('case-1', 'decideExtension', { extensionId: second, approve: false, note: '不再延' }, 'leader');
    expect(county.case().dueAt).toBe(ask.newDueAt);
  });

  it('a merged case takes nothing more until it stands for itself again, and merges are one step deep', () => {
    const county = new County();
    county.give('case-1', 'escalateCase', { ...up, override: true });
    expect(county.give('case-1', 'mergeCase', { intoId: 'case-1', reason: '同一件事' })).toMatchObject({
      reason: 'mergeIntoItself',
    });
    county.give('case-1', 'mergeCase', { intoId: 'case-2', reason: '同一件事' });
    expect(county.records.escalations).toMatchObject([{ state: 'settled' }]);
    expect(county.give('case-1', 'escalateCase', { ...up, override: true })).toMatchObject({ reason: 'caseMerged' });
    expect(county.give('case-2', 'mergeCase', { intoId: 'case-3', reason: '同一件事' })).toMatchObject({
      reason: 'othersMergedHere',
    });
    expect(county.give('case-3', 'mergeCase', { intoId: 'case-1', reason: '同一件事' })).toMatchObject({
      reason: 'mergeTargetEnded',
    });
    expect(county.give('case-2', 'voidCase', { reason: '重复录入' })).toMatchObject({ reason: 'othersMergedHere' });
    county.give('case-1', 'unmergeCase', { reason: '不是一件事' });
    expect(county.case().mergedIntoId).toBeNull();
  });

  it('a transfer gives the case to another village that has yet to accept it', () => {
    const county = new County({ villageCode: 'elsewhere', acceptedAt: start, onSceneAt: start });
    const args = { villageCode: dispatched.villageCode, reason: '属地有误' };
    expect(county.give('case-1', 'transferCase', args).ok).toBe(true);
    expect(county.case()).toMatchObject({ villageCode: dispatched.villageCode, acceptedAt: null, onSceneAt: null });
    expect(county.give('case-1', 'transferCase', args)).toMatchObject({ reason: 'sameVillage' });
  });
});

const text = fc.constantFrom('', '理由');
const caseId = fc.constantFrom('case-1', 'case-2', 'case-3');
const step = fc.oneof(
  fc.record({
    name: fc.constant('recordConsultation'),
    args: fc.record({
      level: fc.constantFrom(...levelSchema.options),
      heldAt: fc.constant(start),
      participants: text,
      options: fc.array(text),
      conclusion: text,
    }),
  }),
  fc.record({
    name: fc.constant('escalateCase'),
    args: fc.record({ toLevel: fc.constantFrom(...levelSchema.options), reason: text, override: fc.boolean() }),
  }),
  fc.record({
    name: fc.constant('askExtension'),
    args: fc.record({ newDueAt: fc.integer({ min: -3, max: 120 }).map((days) => start + days * dayMs), reason: text }),
  }),
  fc.record({
    name: fc.constant('assignCase'),
    args: fc.record({
      kind: fc.constantFrom('leader', 'department'),
      personId: fc.constantFrom('p1', 'p9', null),
      departmentId: fc.constantFrom('d1', null),
      basis: fc.constant('chosen'),
      reason: text,
    }),
  }),
  fc.record({ name: fc.constant('mergeCase'), args: fc.record({ intoId: caseId, reason: text }) }),
  fc.record({ name: fc.constantFrom('unmergeCase', 'voidCase'), args: fc.record({ reason: text }) }),
  fc.record({
    name: fc.constant('setPetitionBatch'),
    args: fc.record({ batch: fc.constantFrom(...petitionBatchSchema.options), reason: text }),
  }),
  fc.record({
    name: fc.constant('tagCampaign'),
    args: fc.record({ campaignId: fc.constantFrom('hundred-days', 'x'), tagged: fc.boolean() }),
  }),
  fc.record({ name: fc.constantFrom('closeCase', 'acceptCase'), args: fc.record({ note: text }) }),
  fc.record({
    name: fc.constant('callBack'),
    args: fc.record({ result: fc.constantFrom('satisfied', 'dissatisfied'), note: text }),
  }),
  // These name the newest record of their case, which the test fills in.
  fc.record({
    name: fc.constantFrom('decideExtension', 'returnEscalation', 'returnAssignment'),
    args: fc.record({ approve: fc.boolean(), note: text }),
  }),
);

describe('any sequence of commands on cases that know of each other', () => {
  it('keeps what must hold: nothing open on an ended case, one batch, one step of merging, a due that only approval moves', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(caseId, step, fc.constantFrom<Role>('admin', 'admin', ...roleSchema.options)), {
          maxLength: 60,
        }),
        (steps) => {
          const county = new County();
          for (const [id, { name, args }, role] of steps) {
            const before = county.case(id);
            const own = county.of(id);
            const named = {
              ...args,
              extensionId: own.extensions.at(-1)?.id ?? 'none',
              escalationId: own.escalations.at(-1)?.id ?? 'none',
              assignmentId: own.assignments.at(-1)?.id ?? 'none',
            };
            const outcome = county.give(id, name, named, role);
            const after = county.case(id);
            if (!outcome.ok) {
              expect(after).toBe(before);
              continue;
            }
            if (after.dueAt !== before.dueAt)
              expect([name, 'approve' in args && args.approve]).toEqual(['decideExtension', true]);
            expect(after.dueAt).toBeGreaterThanOrEqual(before.dueAt);
            expect(after.originalDueAt).toBe(before.originalDueAt);
            expect(isHigher(before.level, after.level)).toBe(false);
          }
          for (const one of county.cases.values()) {
            const own = county.of(one.id);
            const ended = one.closedAt !== null || one.voidedAt !== null || one.mergedIntoId !== null;
            const open = {
              extensions: own.extensions.filter(({ state }) => state === 'asked').length,
              escalations: own.escalations.filter(({ state }) => state === 'open').length,
              assignments: own.assignments.filter(({ state }) => state === 'open').length,
            };
            if (ended) expect(open).toEqual({ extensions: 0, escalations: 0, assignments: 0 });
            expect(open.extensions).toBeLessThanOrEqual(1);
            expect(open.assignments).toBeLessThanOrEqual(heldAt(own.escalations) === 'county' ? 1 : 0);
            for (const up of own.escalations) expect(up.override || up.consultations >= 2).toBe(true);
            if (one.mergedIntoId !== null)
              expect(county.case(one.mergedIntoId)).toMatchObject({ mergedIntoId: null, voidedAt: null });
            expect(new Set(one.campaigns).size).toBe(one.campaigns.length);
          }
        },
      ),
      { numRuns: 600 },
    );
  });
});
