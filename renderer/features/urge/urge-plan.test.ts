import { describe, expect, it } from 'vitest';
import type { PostKind } from '../../../shared/model/codes.ts';
import { cooldownOf, planOf } from './urge-plan.ts';

const now = 1_000_000_000;
const person = (personId: string, postKind: PostKind) => ({ personId, name: personId, postKind, dialable: true });
const one = (caseId: string, minutesAgo: number | null = null, refusal: string | null = null) => ({
  caseId,
  recipients: [person('p1', 'leadOfficial'), person('p2', 'partySecretary')],
  lastUrgedAt: minutesAgo === null ? null : now - minutesAgo * 60_000,
  refusal,
});
const wish = { cooldownMinutes: 30, now, without: new Set<PostKind>(), again: false };

describe('planning an urging', () => {
  it('a case urged within the cool-down waits until the operator says again', () => {
    const cases = [one('a'), one('b', 12), one('c', 30)];
    const plan = planOf(cases, wish);
    expect(plan.send).toEqual(['a', 'c']);
    expect(plan.cooling).toEqual([{ caseId: 'b', minutesAgo: 12 }]);
    expect(plan.messages).toBe(4);
    expect(planOf(cases, { ...wish, again: true }).send).toEqual(['a', 'b', 'c']);
  });

  it('a refused case is named with its reason and gets no message', () => {
    const plan = planOf([one('a', null, 'caseClosed'), one('b')], wish);
    expect(plan.refused).toEqual([{ caseId: 'a', reason: 'caseClosed' }]);
    expect(plan.messages).toBe(2);
  });

  it('leaving out a post leaves out its people, and a case with nobody left is refused', () => {
    const lone = { ...one('a'), recipients: [person('p1', 'leadOfficial')] };
    const plan = planOf([lone, one('b')], { ...wish, without: new Set<PostKind>(['leadOfficial']) });
    expect(plan.refused).toEqual([{ caseId: 'a', reason: 'noRecipients' }]);
    expect(plan.messages).toBe(1);
    expect(plan.posts).toEqual([
      { kind: 'leadOfficial', people: 2 },
      { kind: 'partySecretary', people: 1 },
    ]);
  });

  it('the cool-down comes from the settings', () => {
    expect(cooldownOf({ urgeCooldownMinutes: 10 })).toBe(10);
    expect(cooldownOf({})).toBe(30);
  });

  it('a clock that runs behind does not lift the cool-down', () => {
    expect(planOf([one('a', -1)], wish).cooling).toEqual([{ caseId: 'a', minutesAgo: 0 }]);
  });
});
