import { describe, expect, it } from 'vitest';
import { countyScope } from '../../shared/model/case-filter.ts';
import type { DeskView, SavedView } from '../../shared/model/desk-view.ts';
import { kept, moved, renamed } from './views.ts';

const view: DeskView = {
  scope: countyScope,
  periodKey: 'week',
  metric: 'openOverdue',
  mapMetric: 'overdueRate',
  sources: ['grid'],
  categories: [],
  campaign: null,
  work: null,
  text: '',
  sort: 'due',
};
const views: SavedView[] = ['a', 'b', 'c'].map((id) => ({ id, name: `view ${id}`, view }));
const ids = (list: readonly SavedView[]) => list.map(({ id }) => id).join('');

describe('saved views', () => {
  it('a new name is a new view at the end, a known name writes over and keeps its place', () => {
    const other = { ...view, text: 'ghs' };
    expect(ids(kept(views, 'new', other, 'd'))).toBe('abcd');
    const over = kept(views, 'view b', other, 'd');
    expect(ids(over)).toBe('abc');
    expect(over[1]?.view).toEqual(other);
  });

  it('order is changed one place at a time and stops at the ends', () => {
    expect(ids(moved(views, 'b', -1))).toBe('bac');
    expect(ids(moved(views, 'b', 1))).toBe('acb');
    expect(ids(moved(views, 'a', -1))).toBe('abc');
    expect(ids(moved(views, 'c', 1))).toBe('abc');
    expect(ids(moved(views, 'nothing', 1))).toBe('abc');
  });

  it('two views never have one name', () => {
    expect(renamed(views, 'a', 'view b')).toBeNull();
    expect(renamed(views, 'a', 'view a')?.[0]?.name).toBe('view a');
    expect(renamed(views, 'a', 'mine')?.[0]?.name).toBe('mine');
  });
});
