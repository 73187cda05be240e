import { describe, expect, it } from 'vitest';
import { type BarEntry, entriesFor, readBar } from './bar-entries.ts';

const entry = (kind: BarEntry['kind'], name: string, refusal: string | null = null): BarEntry => ({
  ...{ id: name, kind, name, key: null, refusal },
  run: () => undefined,
});
const entries = [
  entry('command', '催办'),
  entry('command', '提级', '还缺 1 次会商'),
  entry('command', '提交'),
  entry('place', '枫亭镇'),
  entry('period', '今日'),
];
const syllables = new Map([
  ['催办', ['cui', 'ban']],
  ['提级', ['ti', 'ji']],
  ['提交', ['ti', 'jiao']],
  ['枫亭镇', ['feng', 'ting', 'zhen']],
  ['今日', ['jin', 'ri']],
]);
const names = (typed: string) => entriesFor(typed, entries, syllables).map(({ name }) => name);

describe('the command bar', () => {
  it('finds by characters, pinyin and initials', () => {
    for (const typed of ['催办', 'cuiban', 'cb', 'cuib', '办']) expect(names(typed)).toContain('催办');
    expect(names('ft')).toEqual(['枫亭镇']);
    expect(names('jr')).toEqual(['今日']);
    expect(names('cb无')).toEqual([]);
  });

  it('what cannot be done is there, after what can', () => {
    expect(names('tj')).toEqual(['提交', '提级']);
  });

  it('a sign for commands alone lists them all, in every form an input method writes it', () => {
    for (const sign of ['>', '＞', '》', ' > ']) expect(names(sign)).toEqual(['催办', '提交', '提级']);
    expect(names('> ft')).toEqual([]);
    expect(readBar('＞ 催')).toEqual({ commandsOnly: true, term: '催' });
  });

  it('says nothing while nothing is typed', () => {
    expect(names('')).toEqual([]);
    expect(names('  ')).toEqual([]);
  });
});
