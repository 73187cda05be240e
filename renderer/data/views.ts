import { countyScope } from '../../shared/model/case-filter.ts';
import type { DeskView, SavedView } from '../../shared/model/desk-view.ts';
import { type DeskState, useDesk } from './desk-store.ts';
import type { Register } from './use-register.ts';

/** The part of the desk that a view keeps. */
export function viewOf(desk: DeskView): DeskView {
  const { scope, periodKey, metric, mapMetric, sources, categories, campaign, work, text, sort } = desk;
  return { scope, periodKey, metric, mapMetric, sources, categories, campaign, work, text, sort };
}

/** What a view names that is not known here: another county's place, a campaign that is over. */
export interface Unknown {
  place: string | null;
  campaign: string | null;
}

/** Puts the desk into the view. What is not known here is left out and told, so that the list is never empty for a reason nobody sees. */
export function openView(view: DeskView, { towns, villages, campaigns }: Register): Unknown {
  const { level, code } = view.scope;
  const placed = level === 'county' ? code === countyScope.code : (level === 'town' ? towns : villages).has(code);
  const known = view.campaign === null || campaigns.some(({ id }) => id === view.campaign);
  const state: Partial<DeskState> = {
    ...viewOf(view),
    ...(placed ? {} : { scope: countyScope }),
    ...(known ? {} : { campaign: null }),
    periodBefore: null,
    caseIds: null,
    clusterTotal: null,
    chosenIds: new Set(),
  };
  useDesk.getState().set(state);
  return { place: placed ? null : code, campaign: known ? null : view.campaign };
}

/** Keeps the view under the name; one of the same name is written over. */
export function kept(views: readonly SavedView[], name: string, view: DeskView, id: string): SavedView[] {
  const same = views.findIndex((one) => one.name === name);
  return same < 0 ? [...views, { id, name, view }] : views.map((one, at) => (at === same ? { ...one, view } : one));
}

/** The list with the view moved up (−1) or down (+1); as it is at the ends. */
export function moved(views: readonly SavedView[], id: string, by: -1 | 1): SavedView[] {
  const from = views.findIndex((one) => one.id === id);
  const one = views[from];
  const to = from + by;
  if (one === undefined || to < 0 || to >= views.length) return [...views];
  return views.filter((other) => other !== one).toSpliced(to, 0, one);
}

/** Null: the name is another view's. */
export function renamed(views: readonly SavedView[], id: string, name: string): SavedView[] | null {
  if (views.some((one) => one.id !== id && one.name === name)) return null;
  return views.map((one) => (one.id === id ? { ...one, name } : one));
}
