import { describe, expect, it } from 'vitest';
import type { Role } from '../../shared/model/codes.ts';
import { dispatched, fresh, start } from '../../shared/model/commands/fixture.test-support.ts';
import { defaultCaseRules } from '../../shared/model/effects.ts';
import type { Extension } from '../../shared/model/extension.ts';
import type { Village } from '../../shared/model/register.ts';
import { choose, type Known, refusalBefore, refusalOf, type Surroundings } from './step-rules.ts';
import { stepKeys } from './steps.ts';

const village = (id: string): [string, Village] => [id, { id, townCode: '350322100', bindingVersion: 1 } as Village];
const around = (role: Role = 'dispatcher'): Surroundings => ({
  operator: { id: 'op', username: 'op', name: '郑某', role, townCode: null },
  at: start,
  villages: new Map([village('350322100205'), village('350322100206')]),
  campaigns: [{ id: 'hundred-days', rev: 1, name: '百日攻坚', startsAt: 0, endsAt: null }],
});
const known = (facts: Parameters<typeof fresh>[0] = {}, extensions: Partial<Extension>[] = []): Known => ({
  case: fresh({ ...dispatched, ...facts }),
  work: {
    consultations: [],
    extensions: extensions as never,
    escalations: [],
    assignments: [],
    mergedInto: null,
    mergedHere: [],
    rules: defaultCaseRules,
  },
});

describe('before a step is given', () => {
  it('the rules say what of the case stands in its way, and nothing of what is still to be typed', () => {
    expect(refusalBefore(known(), 'closeCase', around())).toBeNull();
    expect(refusalBefore(known({ closedAt: start }), 'recordAction', around())?.reason).toBe('caseClosed');
    expect(refusalBefore(known(), 'callBack', around())?.reason).toBe('caseNotClosed');
    expect(refusalBefore(known(), 'setPetitionBatch', around())?.reason).toBe('noPetition');
    expect(refusalBefore(known(), 'voidCase', around('leader'))?.reason).toBe('notPermitted');
    expect(
      refusalBefore(known({ villageCode: null, dispatchState: 'pending' }), 'transferCase', around())?.reason,
    ).toBe('notDispatched');
  });

  it('what is filled in is judged by the rule itself', () => {
    expect(refusalOf(known(), 'recordAction', { note: ' ' }, around())?.reason).toBe('noteMissing');
    const far = { newDueAt: start + 400 * 86_400_000, reason: '鉴定' };
    expect(refusalOf(known(), 'askExtension', far, around())).toEqual({ reason: 'dueTooFar', detail: '90' });
    const same = { villageCode: dispatched.villageCode, reason: '属地' };
    expect(refusalOf(known(), 'transferCase', same, around())?.reason).toBe('sameVillage');
  });

  it('a key means the first of its steps that the case and the role allow', () => {
    expect(choose(stepKeys.s, [known()], around())?.name).toBe('acceptCase');
    expect(choose(stepKeys.s, [known({ acceptedAt: start })], around())?.name).toBe('arriveOnScene');
    const both = choose(stepKeys.s, [known({ acceptedAt: start, onSceneAt: start })], around());
    expect(both).toEqual({ name: 'arriveOnScene', refusal: { reason: 'alreadyOnScene', detail: null } });
    expect(choose(stepKeys.y, [known()], around('admin'))?.name).toBe('askExtension');
    const asked = known({}, [{ id: 'e1', state: 'asked', newDueAt: start }]);
    expect(choose(stepKeys.y, [asked], around('leader'))).toEqual({ name: 'decideExtension', refusal: null });
    expect(choose(stepKeys.t, [known({ villageCode: null, dispatchState: 'pending' })], around())?.name).toBe(
      'dispatchByHand',
    );
  });

  it('of many cases nothing stands in the way beforehand, and no step that names a record is meant', () => {
    const many = [known({ acceptedAt: start, onSceneAt: start }), known()];
    expect(choose(stepKeys.s, many, around())).toEqual({ name: 'acceptCase', refusal: null });
    expect(choose(stepKeys.y, many, around('admin'))?.name).toBe('askExtension');
  });
});
