import { describe, expect, it } from 'vitest';
import { byText, placeText, reasonText, valueText } from './conflict-text.ts';

const t = (key: string, values: Record<string, string | number> = {}) =>
  values.defaultValue === undefined
    ? `${key} ${Object.values(values).join('|')}`.trim()
    : `${key} else ${values.defaultValue}`;
const evening = Date.UTC(2023, 7, 21, 12, 3);

describe('the words of the conflict tray', () => {
  it('write every kind of value, typed words as they were typed', () => {
    expect(valueText({ kind: 'instant', at: evening }, t)).toBe('2023-08-21 20:03');
    expect(valueText({ kind: 'code', group: 'urgeDegree', code: 'yellow' }, t)).toBe('codes:urgeDegree.yellow');
    expect(valueText({ kind: 'text', text: ' 手写\n第二行' }, t)).toBe(' 手写\n第二行');
    expect(valueText({ kind: 'flag', on: false }, t)).toBe('conflict:no');
    expect(valueText(null, t)).toBe('conflict:nothing');
  });

  it('name the persons that are known, and never fewer than were meant', () => {
    expect(
      valueText({ kind: 'persons', n: 2, names: ['陈', '吴'] }, (key) => (key === 'conflict:and' ? '、' : key)),
    ).toBe('陈、吴');
    expect(valueText({ kind: 'persons', n: 3, names: [] }, t)).toBe('conflict:persons 3');
    expect(valueText({ kind: 'persons', n: 2, names: ['陈'] }, t)).toBe('conflict:personsOf 陈|2');
  });

  it('say who and when, the system where nobody is named, and where a case belongs', () => {
    expect(byText({ name: '林某', at: evening }, t)).toBe('conflict:by 林某|2023-08-21 20:03');
    expect(byText({ name: null, at: evening }, t)).toContain('conflict:system');
    expect(placeText({ townName: '枫亭镇', villageName: '霞桥村' }, t)).toBe('枫亭镇霞桥村');
    expect(placeText({ townName: null, villageName: null }, t)).toBe('conflict:noPlace');
  });

  it('say a reason nobody has words for as it came, and never take one for a path', () => {
    expect(reasonText('caseClosed', t).title).toBe(
      'codes:refusal.caseClosed.title else conflict:unknownReason.title caseClosed',
    );
    expect(reasonText('a.b', t).advice).toBe('conflict:unknownReason.advice a.b');
  });
});
