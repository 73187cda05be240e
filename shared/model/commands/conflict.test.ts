import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseEvent } from '../case-event.ts';
import { conflictFields, noteOf } from './conflict.ts';
import type { Standing } from './conflict-field.ts';
import { context, dispatched, fresh, run, start } from './fixture.test-support.ts';
import { caseCommandNames } from './registry.ts';

const standing = (facts: Partial<Standing> = {}): Standing => ({
  case: fresh(dispatched),
  events: [],
  calls: new Map(),
  extensions: [],
  escalations: [],
  assignments: [],
  nameOf: (_table, id) => ({ p1: '测试甲', p2: '测试乙', [dispatched.villageCode]: '秀峰村' })[id] ?? null,
  party: ({ name, phone }) => [name, phone].filter((one) => one !== null).join(' '),
  ...facts,
});
const event = (kind: CaseEvent['kind'], facts: Partial<CaseEvent> = {}): CaseEvent => ({
  id: `${kind}:0`,
  rev: 1,
  caseId: 'case-1',
  kind,
  at: start,
  actorId: 'op-2',
  actorName: '林某',
  facts: {},
  note: '',
  ...facts,
});
const by = { name: '林某', at: start };

/** Arguments of every command, with words typed by hand. */
const argsOf: Record<string, object> = {
  recordCase: { source: 'selfReport', title: '邻里纠纷', detail: '手写的话' },
  urgeResponsibles: { degree: 'red', recipientIds: ['p1', 'p2'], note: '手写的话' },
  startCall: { callId: 'c1', personId: 'p1' },
  finishCall: { callId: 'c1', outcome: 'answered', note: '手写的话' },
  acceptCase: { note: '手写的话' },
  arriveOnScene: { note: '手写的话' },
  recordAction: { note: '手写的话' },
  resolveCase: { level: 'village', note: '手写的话' },
  closeCase: { note: '手写的话' },
  callBack: { result: 'satisfied', note: '手写的话' },
  markRisk: { highRisk: true, reason: '手写的话' },
  dispatchByHand: { villageCode: dispatched.villageCode, reason: '手写的话' },
  transferCase: { villageCode: dispatched.villageCode, reason: '手写的话' },
  voidCase: { reason: '手写的话' },
  askExtension: { newDueAt: start + 9, reason: '手写的话' },
  decideExtension: { extensionId: 'x1', approve: false, note: '手写的话' },
  recordConsultation: {
    level: 'village',
    heldAt: start,
    participants: '村两委',
    options: ['调解'],
    conclusion: '手写的话',
  },
  escalateCase: { toLevel: 'town', reason: '手写的话', override: false },
  returnEscalation: { escalationId: 'e1', note: '手写的话' },
  assignCase: { kind: 'department', personId: null, departmentId: 'd1', basis: 'chosen', reason: '手写的话' },
  returnAssignment: { assignmentId: 'a1', note: '手写的话' },
  mergeCase: { intoId: 'case-2', reason: '手写的话' },
  unmergeCase: { reason: '手写的话' },
  tagCampaign: { campaignId: 'hundred-days', tagged: true },
  setPetitionBatch: { batch: 'strive', reason: '手写的话' },
};

describe('a refused command beside what stands', () => {
  it.each(caseCommandNames)('%s: names what it would have set, and every word that was typed', (name) => {
    const fields = conflictFields({ name, args: argsOf[name], issuedAt: start + 1 }, 'caseMerged', standing());
    expect(fields.filter(({ mine }) => mine !== null).length).toBeGreaterThan(0);
    if (!['startCall', 'tagCampaign'].includes(name)) expect(JSON.stringify(fields)).toContain('手写的话');
    expect(fields[0]?.key).toBe('mergedInto');
  });

  it('shows what stands with who set it: closed, risk, village', () => {
    const closed = standing({ case: fresh({ closedAt: start }), events: [event('closed', { note: '已和解' })] });
    const close = { name: 'closeCase', args: { note: '已办妥' }, issuedAt: start + 1 };
    expect(conflictFields(close, 'caseClosed', closed)).toEqual([
      { key: 'closedAt', mine: { kind: 'instant', at: start + 1 }, theirs: { kind: 'instant', at: start }, by },
      { key: 'note', mine: { kind: 'text', text: '已办妥' }, theirs: { kind: 'text', text: '已和解' }, by },
    ]);
    const marked = standing({
      case: fresh({ highRisk: true, riskReason: '扬言闹事' }),
      events: [event('riskCleared', { actorName: '旧' }), event('riskMarked')],
    });
    expect(
      conflictFields({ name: 'markRisk', args: argsOf.markRisk, issuedAt: start }, 'riskUnchanged', marked)[0],
    ).toEqual({ key: 'highRisk', mine: { kind: 'flag', on: true }, theirs: { kind: 'flag', on: true }, by });
    const placed = conflictFields(
      { name: 'dispatchByHand', args: argsOf.dispatchByHand, issuedAt: start },
      'alreadyDispatched',
      standing({ events: [event('dispatched')] }),
    );
    expect(placed[0]).toEqual({
      key: 'village',
      mine: { kind: 'text', text: '秀峰村' },
      theirs: { kind: 'text', text: '秀峰村' },
      by,
    });
  });

  it('of a case out of reach shows mine, and nothing as theirs', () => {
    for (const name of caseCommandNames) {
      const fields = conflictFields(
        { name, args: argsOf[name], issuedAt: start },
        'caseUnknown',
        standing({ case: null }),
      );
      expect(fields.every(({ theirs }) => theirs === null)).toBe(true);
    }
  });

  it('takes whatever stands in an old outbox without failing, and keeps its note', () => {
    expect(conflictFields({ name: 'teleport', args: { note: '旧话' }, issuedAt: 1 }, 'x', standing())).toMatchObject([
      { key: 'note', mine: { text: '旧话' } },
    ]);
    fc.assert(
      fc.property(fc.constantFrom(...caseCommandNames, 'constructor'), fc.anything(), (name, args) => {
        conflictFields({ name, args, issuedAt: 1 }, 'caseClosed', standing());
        expect(typeof noteOf(args)).toBe('string');
      }),
    );
  });

  it('agrees with the rule: what the command sets is what is shown as mine', () => {
    const outcome = run(fresh(dispatched), 'urgeResponsibles', argsOf.urgeResponsibles, 2);
    if (!outcome.ok) throw new Error(outcome.reason);
    const after = standing({ case: outcome.effects.case, events: outcome.effects.events });
    const fields = conflictFields(
      { name: 'urgeResponsibles', args: argsOf.urgeResponsibles, issuedAt: context(2).at },
      'x',
      after,
    );
    for (const key of ['degree', 'urgedAt', 'note'])
      expect(fields.find((field) => field.key === key)).toMatchObject({
        mine: fields.find((field) => field.key === key)?.theirs,
      });
  });
});
