import type { PostKind } from '../../../shared/model/codes.ts';
import type { Person, Post, Village } from '../../../shared/model/register.ts';
import { dayMs, hourMs } from '../../../shared/time/shanghai.ts';
import type { Prng } from '../prng.ts';
import type { Spans } from '../spans.ts';
import { ulidOf } from '../ulid.ts';
import { personNameOf, writtenPhone } from './names.ts';
import type { County, Place } from './places.ts';

/** Source: the county's own figures. */
export const officerCount = 182;
export const cadreCount = 1006;

export interface People {
  persons: Person[];
  posts: Post[];
  /** Posts of a village in the order in which a call falls back, ended ones included. */
  postsOf: ReadonlyMap<string, Post[]>;
  personById: ReadonlyMap<string, Person>;
  /** Instants at which a village's binding changed, ascending; its version at t is 1 + those ≤ t. */
  changesOf: ReadonlyMap<string, number[]>;
  vacanciesOf: ReadonlyMap<string, PostKind[]>;
}

const leadTitles = [
  '党委副书记',
  '副镇长',
  '党委委员',
  '人大副主席',
  '武装部部长',
  '政法委员',
  '组织委员',
  '宣传委员',
  '综治中心主任',
  '农业服务中心主任',
];
const cadreTitles = ['驻村第一书记', '县直下派干部', '镇包村干部', '下沉干部', '乡村振兴指导员'];

/** Fills the 3+N posts of every village: lead official, party secretary and officer, then grid leaders and the resident cadres. */
export function peopleOf(
  county: County,
  tiers: ReadonlyMap<string, Village['tier']>,
  spans: Spans,
  prng: Prng,
): People {
  const persons: Person[] = [];
  const posts: Post[] = [];
  const changesOf = new Map<string, number[]>();
  const vacanciesOf = new Map<string, PostKind[]>();
  const registered = spans.previousFrom - 200 * dayMs;

  const person = (title: string, townCode: string | null): Person => {
    const n = persons.length;
    const row: Person = {
      id: ulidOf(registered + n, prng),
      rev: 0,
      name: personNameOf(prng),
      phone: writtenPhone(n * 7919, prng),
      title,
      townCode,
      synthetic: true,
    };
    persons.push(row);
    return row;
  };
  const post = (
    place: Place,
    kind: PostKind,
    rank: number,
    holder: Person,
    version = 1,
    from = registered,
    to: number | null = null,
  ) => {
    posts.push({
      id: ulidOf(from, prng),
      rev: 0,
      villageCode: place.code,
      kind,
      personId: holder.id,
      rank,
      bindingVersion: version,
      validFrom: from,
      validTo: to,
    });
  };

  fillOfficers(
    county,
    (place, holder) => post(place, 'communityPolice', 3, holder),
    (town) => person('社区民警', town),
  );
  const vacant = new Set(prng.shuffle(county.places.map((place) => place.code)).slice(0, 9));
  for (const town of county.towns) {
    const places = county.byTown.get(town.code) ?? [];
    let lead: Person | null = null;
    for (const [index, place] of places.entries()) {
      if (index % 2 === 0) lead = person(`${town.name}${prng.pick(leadTitles)}`, town.code);
      const noLead = vacant.has(place.code) && prng.chance(700);
      if (noLead) vacanciesOf.set(place.code, ['leadOfficial']);
      else post(place, 'leadOfficial', 1, lead as Person);
      fillSecretary(place, vacant.has(place.code) && !noLead);
    }
  }
  const cadres = cadresByVillage(county, tiers);
  for (const place of county.places) {
    const grids = gridCountOf(place);
    for (let n = 1; n <= grids; n += 1) post(place, 'gridLeader', 3 + n, person(`第${n}网格网格长`, place.townCode));
    for (let n = 1; n <= (cadres.get(place.code) ?? 0); n += 1)
      post(place, 'workTeam', 3 + grids + n, person(prng.pick(cadreTitles), place.townCode));
  }
  spoilPhones(persons, posts, prng);
  return {
    persons,
    posts,
    postsOf: groupPosts(county, posts),
    personById: new Map(persons.map((row) => [row.id, row])),
    changesOf,
    vacanciesOf,
  };

  /** One secretary in eight took over from another within the last two years; that change gave the binding its second version. */
  function fillSecretary(place: Place, isVacant: boolean): void {
    const title = place.kind === 'community' ? '社区党组织书记' : '村党组织书记';
    const changed = prng.chance(125) || isVacant;
    if (!changed) {
      post(place, 'partySecretary', 2, person(title, place.townCode));
      return;
    }
    const at = spans.anchor - prng.between(20, 560) * dayMs - 11 * hourMs;
    changesOf.set(place.code, [at]);
    post(place, 'partySecretary', 2, person(`原${title}`, place.townCode), 1, registered, at);
    if (isVacant) vacanciesOf.set(place.code, ['partySecretary']);
    else post(place, 'partySecretary', 2, person(title, place.townCode), 2, at);
  }
}

export function gridCountOf(place: Place): number {
  return place.weight > 190 ? 4 : place.weight > 110 ? 3 : 2;
}

/** 182 officers over 327 villages: each town gets its share by largest remainder, an officer has neighbouring villages. */
function fillOfficers(
  county: County,
  give: (place: Place, holder: Person) => void,
  hire: (town: string) => Person,
): void {
  const villages = county.places.length;
  const shares = county.towns.map((town) => {
    const count = county.byTown.get(town.code)?.length ?? 0;
    return {
      town,
      count,
      officers: Math.floor((count * officerCount) / villages),
      rest: (count * officerCount) % villages,
    };
  });
  let left = officerCount - shares.reduce((sum, share) => sum + share.officers, 0);
  for (const share of [...shares].sort((a, b) => b.rest - a.rest)) if (left-- > 0) share.officers += 1;
  for (const { town, count, officers } of shares) {
    const places = county.byTown.get(town.code) ?? [];
    for (let n = 0; n < officers; n += 1) {
      const holder = hire(town.code);
      const end = Math.floor(((n + 1) * count) / officers);
      for (let i = Math.floor((n * count) / officers); i < end; i += 1) give(places[i] as Place, holder);
    }
  }
}

/** 1006 resident cadres: four in each lagging village, three or two in the others. */
function cadresByVillage(county: County, tiers: ReadonlyMap<string, Village['tier']>): Map<string, number> {
  const cadres = new Map(county.places.map((place) => [place.code, tiers.get(place.code) === 'lagging' ? 4 : 2]));
  let left = cadreCount - [...cadres.values()].reduce((sum, n) => sum + n, 0);
  const byWeight = county.places.filter((place) => cadres.get(place.code) === 2).sort((a, b) => b.weight - a.weight);
  for (const place of byWeight) if (left-- > 0) cadres.set(place.code, 3);
  return cadres;
}

/** What a register really holds: some people without a number, some with one that nobody can dial. */
function spoilPhones(persons: Person[], posts: Post[], prng: Prng): void {
  const secretaries = new Set(posts.filter((row) => row.kind === 'partySecretary').map((row) => row.personId));
  const candidates = prng.shuffle(persons.filter((row) => secretaries.has(row.id) || row.title.endsWith('网格长')));
  for (const [index, row] of candidates.slice(0, 14).entries())
    row.phone = index < 9 ? null : index < 12 ? '待补' : `${row.phone?.slice(0, 7)}`;
}

function groupPosts(county: County, posts: Post[]): Map<string, Post[]> {
  const groups = new Map<string, Post[]>(county.places.map((place) => [place.code, []]));
  for (const row of posts) groups.get(row.villageCode)?.push(row);
  for (const group of groups.values()) group.sort((a, b) => a.rank - b.rank || a.validFrom - b.validFrom);
  return groups;
}
