import { describe, expect, it } from 'vitest';
import type { Conflict } from '../../../shared/model/unsent-view.ts';
import { chosenAgain } from './choose-again.ts';

const mine = (key: 'degree' | 'note', value: Conflict['fields'][number]['mine']) =>
  ({ key, mine: value, theirs: null, by: null }) as const;
const refused: Conflict = {
  id: 'cmd-1',
  caseId: 'case-1',
  no: 'XY1',
  title: '邻里纠纷',
  townName: null,
  villageName: null,
  name: 'urgeResponsibles',
  issuedAt: 0,
  operatorName: '郑测试',
  reason: 'personUnknown',
  fields: [
    mine('degree', { kind: 'code', group: 'urgeDegree', code: 'red' }),
    mine('note', { kind: 'text', text: '请今晚到场' }),
  ],
};

describe('a refused urging', () => {
  it('of persons who answer no longer is prepared anew, with its degree and its note', () => {
    const again = { caseIds: ['case-1'], instead: { commandId: 'cmd-1', degree: 'red' }, note: '请今晚到场' };
    expect(chosenAgain(refused)).toEqual(again);
    expect(chosenAgain({ ...refused, reason: 'noRecipients' })).toEqual(again);
    expect(chosenAgain({ ...refused, fields: [] })).toMatchObject({ instead: { degree: 'yellow' }, note: '' });
  });

  it('that was refused for another reason, or is no urging, or of a case that is not here, is not', () => {
    expect(chosenAgain({ ...refused, reason: 'caseClosed' })).toBeNull();
    expect(chosenAgain({ ...refused, name: 'startCall' })).toBeNull();
    expect(chosenAgain({ ...refused, title: null })).toBeNull();
  });
});
