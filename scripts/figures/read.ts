import { readAreaCounts } from '../../electron/db/queries/area-counts.ts';
import { readCaseDetail } from '../../electron/db/queries/case-detail.ts';
import { CaseLists } from '../../electron/db/queries/lists.ts';
import { readRows } from '../../electron/db/rows.ts';
import type { ReadDb } from '../../electron/db/statements.ts';
import { type CaseFilter, countyScope } from '../../shared/model/case-filter.ts';
import type { CountMetric } from '../../shared/model/metrics/dictionary.ts';
import { changeOf, formatPermille, rateOf } from '../../shared/model/metrics/rate.ts';
import { instantOf, partsOf } from '../../shared/time/shanghai.ts';

/** One figure of the county's own text, as read from a replica. */
export interface Figure {
  name: string;
  label: string;
  value: number | string;
  expected: number | string;
  ok: boolean;
}

interface StatYear {
  from: number;
  anchor: number;
  previousFrom: number;
}

/** Reads every figure from a synchronised replica with the queries that the desk itself asks, as of the anchor of its statistical year. */
export function readFigures(db: ReadDb): Figure[] {
  const figures: Figure[] = [];
  const add = (name: string, label: string, value: number | string, expected: number | string) =>
    figures.push({ name, label, value, expected, ok: value === expected });

  const setting = readRows(db, 'setting', '').find((row) => row.id === 'statYear');
  if (!setting) throw new Error('the replica has no setting statYear: it holds no seed set');
  const { from, anchor, previousFrom } = setting.value as unknown as StatYear;
  const filter = (patch: Partial<CaseFilter>): CaseFilter => ({
    scope: countyScope,
    period: { from, to: anchor },
    metric: 'recorded',
    asOf: anchor,
    sources: [],
    categories: [],
    campaign: null,
    work: null,
    text: '',
    caseIds: null,
    ...patch,
  });
  const counts = (patch: Partial<CaseFilter>) => readAreaCounts(db, filter(patch)).total.counts;
  const rate = (of: Record<CountMetric, number>, metric: CountMetric, per: CountMetric) =>
    formatPermille(rateOf(of[metric], of[per]).permille);

  const campaign = counts({ campaign: 'hundredDays' });
  add('campaign.recorded', 'hundred days: recorded', campaign.recorded, 3638);
  add('campaign.resolved', 'hundred days: resolved', campaign.resolved, 3330);
  add('campaign.resolvedRate', 'hundred days: resolved / recorded', rate(campaign, 'resolved', 'recorded'), '91.5%');
  const year = counts({});
  add('year.recorded', 'statistical year: recorded', year.recorded, 7276);
  add('year.closed', 'statistical year: closed', year.closed, 7088);
  add('year.closedRate', 'statistical year: closed / recorded', rate(year, 'closed', 'recorded'), '97.4%');
  add('year.calledBack', 'statistical year: called back', year.calledBack, 7088);
  add('year.satisfied', 'statistical year: satisfied', year.satisfied, 7024);
  add(
    'year.satisfiedRate',
    'statistical year: satisfied / called back',
    rate(year, 'satisfied', 'calledBack'),
    '99.1%',
  );
  const before = counts({ period: { from: previousFrom, to: previousFrom + (anchor - from) } });
  add('firstPetition.now', 'first petitions: this year', year.firstPetition, 48);
  add('firstPetition.before', 'first petitions: same span of the year before', before.firstPetition, 100);
  const change = formatPermille(changeOf(year.firstPetition, before.firstPetition));
  add('firstPetition.change', 'first petitions: change', change, '−52.0%');

  const backlog = readList(db, filter({ metric: 'backlogResolved' }));
  const twentyYears = instantOf({ ...partsOf(anchor), year: partsOf(anchor).year - 20 });
  const oldest = backlog.filter((row) => row.petitionSince !== null && row.petitionSince <= twentyYears);
  add('backlog.resolved', 'backlog petitions: resolved', year.backlogResolved, 210);
  add('backlog.listed', 'backlog petitions: in the list behind the number', backlog.length, 210);
  add('backlog.twentyYears', 'backlog petitions: resolved after 20 years and more', oldest.length, 13);
  for (const [name, label, value, expected] of readRegisterFigures(db)) add(name, label, value, expected);
  return figures;
}

function readList(db: ReadDb, filter: CaseFilter) {
  const lists = new CaseLists(db, (work) => work());
  const { listId } = lists.open({ filter, sort: 'recorded', limit: 500 });
  const { ids } = lists.ids({ listId, offset: 0, limit: 5000 });
  return ids.flatMap((id) => readCaseDetail(db, id)?.case ?? []);
}

function readRegisterFigures(db: ReadDb): [name: string, label: string, value: number, expected: number][] {
  const villages = readRows(db, 'village', '');
  const posts = readRows(db, 'post', '').filter((row) => row.validTo === null);
  const lagging = villages.filter((row) => row.tier === 'lagging');
  const paired = lagging.flatMap((row) => (row.departmentId === null ? [] : [row.departmentId]));
  const officers = posts.filter((row) => row.kind === 'communityPolice');
  const cadres = posts.filter((row) => row.kind === 'workTeam');
  const distinct = (values: readonly string[]) => new Set(values).size;
  return [
    ['register.towns', 'towns', readRows(db, 'town', '').length, 18],
    ['register.villages', 'villages', villages.length, 327],
    ['register.lagging', 'lagging villages', lagging.length, 72],
    ['register.paired', 'lagging villages paired with a department', paired.length, 72],
    ['register.departments', 'departments paired with them', distinct(paired), 60],
    ['register.officers', 'community police officers', distinct(officers.map((row) => row.personId)), 182],
    ['register.covered', 'villages with an officer', distinct(officers.map((row) => row.villageCode)), 327],
    ['register.cadres', 'resident cadres', distinct(cadres.map((row) => row.personId)), 1006],
  ];
}
