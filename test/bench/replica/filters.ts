import { type CaseFilter, type CaseSort, caseSortSchema, countyScope } from '../../../shared/model/case-filter.ts';
import { countMetricNames } from '../../../shared/model/metrics/dictionary.ts';
import { presetPeriods } from '../../../shared/time/presets.ts';
import { asOf } from './county.ts';

/** Start of the seed's statistical year: 2023-01-01 in Shanghai. */
const statYearFrom = Date.UTC(2022, 11, 31, 16);

function period(key: 'today' | 'week' | 'month' | 'statYear' | 'all'): CaseFilter['period'] {
  const { current } = presetPeriods(key, asOf, { fullPrevious: false, statYearFrom });
  return { from: current.from, to: null };
}

/** What the desk asks for when it opens: the county's open cases of the statistical year, by attention. */
export const deskFilter: CaseFilter = {
  scope: countyScope,
  period: period('statYear'),
  metric: 'open',
  asOf,
  sources: [],
  categories: [],
  campaign: null,
  work: null,
  text: '',
  caseIds: null,
};

/** Every case ever recorded. */
export const everything: CaseFilter = { ...deskFilter, period: period('all'), metric: 'recorded' };

const town: CaseFilter['scope'] = { level: 'town', code: '350322100' };
/** Cohorts an operator looks at, by name: places, periods, sources, categories, campaigns, alone and together. */
export const cohorts: readonly (readonly [name: string, patch: Partial<CaseFilter>])[] = [
  ['statYear', {}],
  ['all', { period: period('all') }],
  ['today', { period: period('today') }],
  ['week', { period: period('week') }],
  ['month', { period: period('month') }],
  ['town statYear', { scope: town }],
  ['town all', { scope: town, period: period('all') }],
  ['village all', { scope: { level: 'village', code: '350322100201' }, period: period('all') }],
  ['source all', { sources: ['hotline12345'], period: period('all') }],
  ['3 sources all', { sources: ['grid', 'police110', 'other'], period: period('all') }],
  ['category all', { categories: ['neighbour'], period: period('all') }],
  ['2 categories statYear', { categories: ['neighbour', 'homestead'] }],
  ['source and category all', { sources: ['hotline12345'], categories: ['homestead'], period: period('all') }],
  [
    'town, source and category all',
    { scope: town, sources: ['grid'], categories: ['neighbour'], period: period('all') },
  ],
  [
    'town, rare source and category all',
    { scope: town, sources: ['publicOpinion'], categories: ['homestead'], period: period('all') },
  ],
  ['campaign statYear', { campaign: 'hundredDays' }],
  ['campaign all', { campaign: 'hundredDays', period: period('all') }],
  ['last year', { period: { from: Date.UTC(2021, 11, 31, 16), to: statYearFrom } }],
  ['one month years ago', { period: { from: Date.UTC(2016, 4, 1), to: Date.UTC(2016, 5, 1) } }],
];

export interface Question {
  name: string;
  filter: CaseFilter;
  sort: CaseSort;
}

/** Filters × sorts of the queue: every cohort with its open, overdue, closed and recorded cases, every metric of the year and of all time. */
export function queueQuestions(): Question[] {
  const questions: Question[] = [];
  const usual = ['open', 'openOverdue', 'closed', 'recorded'] as const;
  for (const [name, patch] of cohorts) {
    const metrics = name === 'statYear' || name === 'all' ? countMetricNames : usual;
    for (const metric of metrics)
      for (const sort of caseSortSchema.options)
        questions.push({ name: `${name}, ${metric}, by ${sort}`, filter: { ...deskFilter, ...patch, metric }, sort });
  }
  return questions;
}

/** Filters of the tiles: each counts every metric for a scope and the areas below it. */
export function tileFilters(): { name: string; filter: CaseFilter }[] {
  return cohorts.map(([name, patch]) => ({ name, filter: { ...deskFilter, ...patch, metric: 'recorded' } }));
}
