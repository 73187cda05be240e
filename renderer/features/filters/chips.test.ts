import { describe, expect, it } from 'vitest';
import { countyScope } from '../../../shared/model/case-filter.ts';
import { type ChipState, chipsOf, lastChip, without } from './chips.ts';

const bare: ChipState = {
  scope: countyScope,
  sources: [],
  categories: [],
  campaign: null,
  work: null,
  text: '',
  caseIds: null,
  clusterTotal: null,
};
const full: ChipState = {
  scope: { level: 'town', code: '350322100' },
  sources: ['grid', 'police110'],
  categories: ['land'],
  campaign: 'hundred-days',
  work: 'countyInbox',
  text: 'ghs',
  caseIds: ['a', 'b'],
  clusterTotal: 7,
};

describe('filter chips', () => {
  it('every condition of the list has a chip, and an open desk has none', () => {
    expect(chipsOf(bare)).toEqual([]);
    expect(chipsOf(full).map((chip) => chip.kind)).toEqual([
      'scope',
      'source',
      'source',
      'category',
      'campaign',
      'work',
      'text',
      'cluster',
    ]);
  });

  it('Esc after Esc takes away the narrowest condition until only the place is left', () => {
    let state = full;
    const gone: string[] = [];
    for (let chip = lastChip(chipsOf(state)); chip; chip = lastChip(chipsOf(state))) {
      gone.push(chip.kind);
      state = { ...state, ...without(state, chip, countyScope) };
    }
    expect(gone).toEqual(['cluster', 'text', 'work', 'campaign', 'category', 'source', 'source']);
    expect(state).toEqual({ ...bare, scope: full.scope });
  });

  it('a cluster says how many it has, also of those the list does not name', () => {
    expect(chipsOf(full).at(-1)).toEqual({ kind: 'cluster', count: 2, total: 7 });
    expect(chipsOf({ ...bare, caseIds: ['a', 'b'] })).toEqual([{ kind: 'cluster', count: 2, total: 2 }]);
  });

  it('a chip takes away its own condition and no other', () => {
    expect(without(full, { kind: 'source', value: 'grid' }, countyScope)).toEqual({ sources: ['police110'] });
    expect(without(full, { kind: 'scope', code: '350322100', level: 'town' }, countyScope)).toEqual({
      scope: countyScope,
    });
  });
});
