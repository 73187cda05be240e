import { describe, expect, it } from 'vitest';
import type { Case } from '../../../shared/model/case.ts';
import type { Role } from '../../../shared/model/codes.ts';
import { dispatched, fresh, start } from '../../../shared/model/commands/fixture.test-support.ts';
import { defaultCaseRules } from '../../../shared/model/effects.ts';
import type { Extension } from '../../../shared/model/extension.ts';
import { stepsOf } from './next-steps.ts';

const steps = (facts: Partial<Case>, role: Role = 'dispatcher', extensions: Partial<Extension>[] = []) =>
  stepsOf(
    {
      case: fresh(facts),
      work: {
        consultations: [],
        extensions: extensions as never,
        escalations: [],
        assignments: [],
        mergedInto: null,
        mergedHere: [],
        rules: defaultCaseRules,
      },
    },
    {
      operator: { id: 'op', username: 'op', name: '郑某', role, townCode: null },
      at: start,
      villages: new Map([[dispatched.villageCode, { id: dispatched.villageCode } as never]]),
      campaigns: [],
    },
  );
const next = (...args: Parameters<typeof steps>) => steps(...args).next.map(({ name }) => name);

describe('the steps offered for a case', () => {
  it('go with its course', () => {
    expect(next({})[0]).toBe('dispatchByHand');
    expect(next(dispatched)).toEqual(['acceptCase', 'recordAction', 'resolveCase', 'closeCase']);
    expect(next({ ...dispatched, acceptedAt: start })[0]).toBe('arriveOnScene');
    expect(next({ ...dispatched, closedAt: start, resolvedAt: start })).toEqual(['callBack']);
    expect(next({ ...dispatched, voidedAt: start })).toEqual([]);
  });

  it('begin with the decision that waits for whoever may take it', () => {
    const asked: [Partial<Extension>] = [{ id: 'e', state: 'asked', newDueAt: start }];
    expect(next(dispatched, 'leader', asked)).toEqual(['decideExtension']);
    expect(next(dispatched, 'dispatcher', asked)).not.toContain('decideExtension');
  });

  it('leave none out: what cannot be given stands among the rest with its reason', () => {
    const { rest } = steps({ ...dispatched, closedAt: start });
    expect(rest.find(({ name }) => name === 'recordAction')?.refusal?.reason).toBe('caseClosed');
    expect(steps(dispatched, 'auditor').rest.every(({ refusal }) => refusal?.reason === 'notPermitted')).toBe(true);
  });
});
