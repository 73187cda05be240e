import { describe, expect, it } from 'vitest';
import type { Responsible } from '../../../shared/model/case-view.ts';
import { nextPerson } from './next-person.ts';

const person = (personId: string | null, dialable = true) =>
  ({ personId, name: personId, postKind: 'leadOfficial', dialable }) as Responsible;

describe('the next person to call', () => {
  it('is the next in order who can be dialled and was not tried', () => {
    const people = [person('a'), person('b', false), person(null, false), person('c')];
    expect(nextPerson(people, new Set())?.personId).toBe('a');
    expect(nextPerson(people, new Set(['a']))?.personId).toBe('c');
  });

  it('is nobody once everybody was tried', () => {
    expect(nextPerson([person('a')], new Set(['a']))).toBeNull();
    expect(nextPerson([], new Set())).toBeNull();
  });
});
