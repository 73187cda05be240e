import { describe, expect, it } from 'vitest';
import { draftsOf, secondsLeft, undoText } from './undo-text.ts';

const t = (key: string, values: Record<string, string | number> = {}) =>
  `${key} ${Object.values(values).join('|')}`.trim();
const batch = { batch: 'b', cases: 3, leavesAt: 0, title: '邻里纠纷' };

describe('the undo notice', () => {
  it('counts whole seconds down to one, and is gone when the time is over or was never so long', () => {
    expect([10_000, 9_001, 1_000, 1, 0, -5, 10_001].map((ms) => secondsLeft(5 + ms, 5))).toEqual([
      10,
      10,
      1,
      1,
      null,
      null,
      null,
    ]);
  });

  it('says what was done to how many cases, and the outcome of a call', () => {
    expect(undoText({ ...batch, name: 'urgeResponsibles', code: 'red' }, 7, t)).toBe(
      'undo:urged 3|邻里纠纷|undo:leaves 7|codes:urgeDegree.red',
    );
    expect(undoText({ ...batch, name: 'finishCall', code: 'busy' }, null, t)).toContain('codes:callOutcome.busy');
    expect(undoText({ ...batch, name: 'closeCase', code: null }, null, t)).toContain('codes:command.closeCase');
  });

  it('gives the typed words back to the form they were typed in', () => {
    expect(draftsOf([{ caseId: 'a', name: 'finishCall', note: '占线' }])).toEqual([{ key: 'call:a', text: '占线' }]);
    expect(draftsOf(['b', 'a'].map((caseId) => ({ caseId, name: 'urgeResponsibles', note: '请速办' })))).toEqual([
      { key: 'urge:a,b', text: '请速办' },
    ]);
    expect(draftsOf([{ caseId: 'a', name: 'finishCall', note: '' }])).toEqual([]);
  });
});
