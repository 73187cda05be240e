import type { z } from 'zod';
import { create } from 'zustand';
import {
  type CaseFilter,
  type CaseSort,
  countyScope,
  type Scope,
  type WorkFacet,
} from '../../shared/model/case-filter.ts';
import type { Category, Source, UrgeDegree } from '../../shared/model/codes.ts';
import type { mapMetricSchema, periodKeySchema } from '../../shared/model/desk-view.ts';
import type { CountMetric, RateMetric } from '../../shared/model/metrics/dictionary.ts';
import type { StepName } from './steps.ts';

export type PeriodKey = z.infer<typeof periodKeySchema>;
/** What the areas of the map are coloured by. */
export type MapMetric = Extract<CountMetric | RateMetric, z.infer<typeof mapMetricSchema>>;

/** What the operator is about to do to cases, or is deciding about; the dialog of that intent shows itself. */
export type PendingAction =
  /** With `instead`: the one case's refused urging that this one takes the place of, and the degree it had. */
  | { kind: 'urge'; caseIds: string[]; instead?: { commandId: string; degree: UrgeDegree } }
  /** Without `personId`: the first responsible with a usable number. With `callId`: no new call, the outcome of that one. */
  | { kind: 'call'; caseId: string; personId?: string; callId?: string }
  /** A step of the closed loop on one case or many. One that wants nothing typed is given at once. */
  | { kind: 'step'; name: StepName; caseIds: string[] }
  /** Records a new case. */
  | { kind: 'intake' }
  /** Looks at what the server refused; with `commandId`: at that command first. */
  | { kind: 'conflicts'; commandId?: string };

type Narrowing =
  | 'scope'
  | 'periodKey'
  | 'metric'
  | 'sources'
  | 'categories'
  | 'campaign'
  | 'work'
  | 'text'
  | 'caseIds'
  | 'clusterTotal';

export interface DeskState {
  scope: Scope;
  periodKey: PeriodKey;
  /** Restricts queue and points: which tile is pressed. */
  metric: CountMetric;
  mapMetric: MapMetric;
  sources: Source[];
  categories: Category[];
  campaign: string | null;
  /** Whose turn the listed cases are; null: anybody's. */
  work: WorkFacet | null;
  /** Period to go back to when `work` is taken away. */
  periodBefore: PeriodKey | null;
  text: string;
  /** The list behind a cluster; null: no restriction. */
  caseIds: string[] | null;
  /** How many cases that cluster has: of more than a list can name, the newest are listed. */
  clusterTotal: number | null;
  sort: CaseSort;
  /** Row under the keyboard's cursor. */
  focusedCaseId: string | null;
  /** Rows chosen for a bulk action. */
  chosenIds: ReadonlySet<string>;
  /** Case in the panel. */
  openCaseId: string | null;
  action: PendingAction | null;
  set(patch: Partial<Omit<DeskState, 'set' | 'narrow' | 'clearFilters'>>): void;
  /** Changes what the list shows: drops the cluster's restriction and the choice, which belonged to the old list. */
  narrow(patch: Partial<Pick<DeskState, Narrowing>>): void;
  clearFilters(): void;
}

const noFilters = {
  metric: 'open' as CountMetric,
  sources: [],
  categories: [],
  campaign: null,
  work: null,
  text: '',
  caseIds: null,
  clusterTotal: null,
};
const noChoice: ReadonlySet<string> = new Set();

export const useDesk = create<DeskState>()((set) => ({
  scope: countyScope,
  periodKey: 'statYear',
  periodBefore: null,
  mapMetric: 'open',
  ...noFilters,
  sort: 'attention',
  focusedCaseId: null,
  chosenIds: noChoice,
  openCaseId: null,
  action: null,
  set: (patch) => set(patch),
  narrow: (patch) =>
    set((state) => ({ caseIds: null, clusterTotal: null, chosenIds: noChoice, ...patch, ...turned(state, patch) })),
  clearFilters: () => set((state) => ({ ...noFilters, chosenIds: noChoice, ...turned(state, noFilters) })),
}));

/** What waits for somebody waits whenever it was recorded: its list is of all time, and the period comes back when the list is left. */
function turned(state: DeskState, patch: Partial<DeskState>): Pick<DeskState, 'periodKey' | 'periodBefore'> | null {
  const { work = state.work, periodKey } = patch;
  if (periodKey !== undefined) return { periodKey, periodBefore: null };
  if ((work === null) === (state.work === null)) return null;
  if (work !== null) return { periodKey: 'all', periodBefore: state.periodKey };
  return { periodKey: state.periodBefore ?? state.periodKey, periodBefore: null };
}

/** The one place where the desk's state becomes a filter: map, tiles and queue all ask with it, so their numbers agree. */
export function filterOf(state: DeskState, period: CaseFilter['period'], asOf: number): CaseFilter {
  const { scope, metric, sources, categories, campaign, work, text, caseIds } = state;
  return { scope, period, metric, asOf, sources, categories, campaign, work, text, caseIds };
}
