import { builtInCalendarDays, builtInCoverage } from '../../../shared/model/calendar.ts';
import { defaultDeadlineRules } from '../../../shared/model/deadlines.ts';
import type { Campaign, Grid, Setting, Village } from '../../../shared/model/register.ts';
import { dayMs } from '../../../shared/time/shanghai.ts';
import type { Prng } from '../prng.ts';
import type { Spans } from '../spans.ts';
import type { SeedChunk } from '../types.ts';
import { ulidOf } from '../ulid.ts';
import { departmentNames } from './departments.ts';
import { gridCountOf, type People, peopleOf } from './people.ts';
import type { County, Place } from './places.ts';

/** 72 lagging villages, each paired with one of 60 departments. Source: the county's own figures. */
export const laggingCount = 72;

export interface Register {
  chunks: SeedChunk[];
  people: People;
}

/** Start of 百日攻坚: 98 days and 20 hours before the anchor, so that its hundred days are just running out. */
export function campaignStart(spans: Spans): number {
  return spans.anchor - 98 * dayMs - 72_000_000;
}

export function registerOf(county: County, spans: Spans, prng: Prng): Register {
  const tiers = tiersOf(county, prng);
  const departments = departmentNames.map((name, n) => ({ id: ulidOf(spans.previousFrom - n, prng), rev: 0, name }));
  const people = peopleOf(county, tiers, spans, prng);
  const pairs = new Map<string, string>();
  const lagging = county.places.filter((place) => tiers.get(place.code) === 'lagging');
  // Every department has one village, the first twelve have two.
  for (const [n, place] of prng.shuffle(lagging).entries())
    pairs.set(place.code, departments[n % departments.length]?.id ?? '');
  const villages = county.places.map((place): Village => {
    const { code, name, officialName, kind, townCode, lng, lat } = place;
    return {
      id: code,
      rev: 0,
      name,
      officialName,
      kind,
      townCode,
      lng,
      lat,
      tier: tiers.get(code) ?? 'fair',
      tierFrom: spans.from + prng.pick([9, 99, 190]) * dayMs,
      departmentId: pairs.get(code) ?? null,
      bindingVersion: 1 + (people.changesOf.get(code)?.length ?? 0),
      vacancies: people.vacanciesOf.get(code) ?? [],
    };
  });
  const chunks: SeedChunk[] = [
    { table: 'setting', rows: settingsOf(spans) },
    { table: 'calendarDay', rows: builtInCalendarDays().map((day) => ({ ...day, rev: 0 })) },
    {
      table: 'town',
      rows: county.towns.map(({ code, name, kind, lng, lat }) => ({ id: code, rev: 0, name, kind, lng, lat })),
    },
    { table: 'village', rows: villages },
    { table: 'grid', rows: county.places.flatMap(gridsOf) },
    { table: 'department', rows: departments },
    { table: 'person', rows: people.persons },
    { table: 'post', rows: people.posts },
    { table: 'campaign', rows: campaignsOf(spans) },
  ];
  return { chunks, people };
}

/** Tier of each village: exactly 72 lagging, the rest spread over the three better ones. */
function tiersOf(county: County, prng: Prng): Map<string, Village['tier']> {
  const tiers = new Map<string, Village['tier']>();
  for (const [n, place] of prng.shuffle([...county.places]).entries())
    tiers.set(place.code, n < laggingCount ? 'lagging' : n < 135 ? 'fair' : n < 239 ? 'good' : 'assured');
  return tiers;
}

function gridsOf(place: Place): Grid[] {
  return Array.from({ length: gridCountOf(place) }, (_, n) => ({
    id: `${place.code}${String(n + 1).padStart(3, '0')}`,
    rev: 0,
    villageCode: place.code,
    name: `${place.short}第${n + 1}网格`,
  }));
}

function settingsOf(spans: Spans): Setting[] {
  const { from, anchor, previousFrom } = spans;
  return [
    { id: 'statYear', rev: 0, value: { from, anchor, previousFrom } },
    { id: 'deadlineRules', rev: 0, value: defaultDeadlineRules.map((rule) => ({ ...rule })) },
    { id: 'urgeCooldownMinutes', rev: 0, value: 30 },
    { id: 'calendarCoverage', rev: 0, value: [...builtInCoverage] },
  ];
}

/** Campaigns overlap: a homestead case of the hundred days carries both tags. */
function campaignsOf(spans: Spans): Campaign[] {
  const start = campaignStart(spans);
  return [
    { id: 'hundredDays', rev: 0, name: '百日攻坚', startsAt: start, endsAt: start + 100 * dayMs },
    { id: 'homesteadReview', rev: 0, name: '宅基地纠纷专项排查', startsAt: spans.from + 59 * dayMs, endsAt: null },
  ];
}
