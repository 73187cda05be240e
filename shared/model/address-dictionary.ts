/** What the dictionary says of an address: a village, or why not. `evidence` quotes the words of the address that were understood. */
export type AddressAnswer =
  | { villageCode: string; evidence: string }
  | { villageCode: null; why: 'nothing' | 'ambiguous' | 'contradiction' | 'elsewhere'; evidence: string };
export interface AddressDictionary {
  find(address: string): AddressAnswer;
}

interface Place {
  code: string;
  name: string;
}
interface VillagePlace extends Place {
  townCode: string;
}

/** `bare`: a short form without 镇 or 村; it counts only in the positions where it cannot be part of another name. */
interface Form {
  words: string;
  level: 'town' | 'village';
  codes: string[];
  bare: boolean;
}
interface Hit extends Form {
  from: number;
  to: number;
}

/** The county and what is above it say nothing of the village. */
const upper = /(中国)?(福建省?)?(莆田市?)?仙游县?|福建省|莆田市/g;
/** Neighbouring districts, counties and cities: an address that names one is not ours. */
const elsewhere = /(涵江|荔城|城厢|秀屿|泉港|洛江)区|(惠安|永春|德化|永泰|安溪|闽侯)县|(福清|南安|晋江|石狮)市|湄洲岛/;
/** What may stand before a village's name. Any other character could be the beginning of a longer name that we do not know: 大东湖村. */
const opening = /[\s\p{P}\d在于住到从至往是旁的近处与和及由]$/u;
const han = /\p{Script=Han}/u;

/**
 * Dictionary of the register's towns and villages. It never guesses: the longest name wins (后南溪村 is not 南溪村), a village must be written with 村,
 * 社区, 居委会, or stand bare right behind its town and before no other character of a name; a name that two towns share counts only beside the town;
 * two villages in one address, or a village that is not in the named town, are no answer.
 */
export function createAddressDictionary(towns: readonly Place[], villages: readonly VillagePlace[]): AddressDictionary {
  const forms = formsOf(towns, villages);
  const longest = Math.max(0, ...[...forms.keys()].map((words) => words.length));
  const townOf = new Map(villages.map((village) => [village.code, village.townCode]));
  return {
    find(address) {
      const text = address.normalize('NFKC').trim();
      const local = text.replace(upper, ' ').trim();
      if (elsewhere.test(local)) return { villageCode: null, why: 'elsewhere', evidence: clip(text) };
      const hits = readable(longestHits(local, forms, longest), local);
      return decide(hits, townOf, clip(text));
    },
  };
}

function decide(hits: Hit[], townOf: ReadonlyMap<string, string>, text: string): AddressAnswer {
  const evidence = hits.map((hit) => hit.words).join(' ') || text;
  const towns = new Set(hits.filter((hit) => hit.level === 'town').flatMap((hit) => hit.codes));
  const named = hits.filter((hit) => hit.level === 'village');
  if (named.length === 0) return { villageCode: null, why: 'nothing', evidence };
  if (towns.size > 1) return { villageCode: null, why: 'ambiguous', evidence };
  const found = new Set<string>();
  for (const { codes } of named) {
    const inTown = codes.filter((code) => towns.size === 0 || towns.has(townOf.get(code) ?? ''));
    if (inTown.length === 0) return { villageCode: null, why: 'contradiction', evidence };
    if (inTown.length > 1) return { villageCode: null, why: 'ambiguous', evidence };
    for (const code of inTown) found.add(code);
  }
  const [villageCode, second] = found;
  if (villageCode === undefined || second !== undefined) return { villageCode: null, why: 'ambiguous', evidence };
  return { villageCode, evidence };
}

/** At each place the longest form that begins there; what lies inside it is not looked at again. */
function longestHits(text: string, forms: ReadonlyMap<string, Form[]>, longest: number): Hit[] {
  const hits: Hit[] = [];
  for (let from = 0; from < text.length; ) {
    let length = Math.min(longest, text.length - from);
    while (length > 0 && !forms.has(text.slice(from, from + length))) length -= 1;
    for (const form of forms.get(text.slice(from, from + length)) ?? [])
      hits.push({ ...form, from, to: from + length });
    from += Math.max(length, 1);
  }
  return hits;
}

/** Drops the hits whose surroundings could make them part of another name. */
function readable(hits: readonly Hit[], text: string): Hit[] {
  const kept: Hit[] = [];
  for (const hit of hits) {
    const before = text.slice(0, hit.from);
    const behindTown = kept.some((one) => one.level === 'town' && one.to === hit.from);
    const opens = hit.from === 0 || behindTown || opening.test(before);
    const after = text.charAt(hit.to);
    const closes = after === '' || !han.test(after);
    const nextIsVillage = hits.some((one) => one.level === 'village' && one.from === hit.to);
    const counts =
      hit.level === 'town'
        ? hit.bare
          ? (hit.from === 0 || /[\s\p{P}]$/u.test(before)) && (closes || nextIsVillage)
          : opens
        : hit.bare
          ? behindTown && closes
          : opens;
    if (counts) kept.push(hit);
  }
  return kept;
}

function formsOf(towns: readonly Place[], villages: readonly VillagePlace[]): Map<string, Form[]> {
  const forms = new Map<string, Form[]>();
  const add = (words: string, level: Form['level'], code: string, bare: boolean) => {
    const same = forms.get(words) ?? [];
    const form = same.find((one) => one.level === level && one.bare === bare);
    if (form) form.codes = [...new Set([...form.codes, code])];
    else same.push({ words, level, codes: [code], bare });
    forms.set(words, same);
  };
  for (const { code, name } of towns) {
    add(name, 'town', code, false);
    add(name.replace(/(街道|镇|乡)$/, ''), 'town', code, true);
  }
  for (const { code, name } of villages) {
    const stem = name.replace(/(社区|村)$/, '');
    add(name, 'village', code, false);
    add(`${stem}居委会`, 'village', code, false);
    add(`${stem}村委会`, 'village', code, false);
    add(stem, 'village', code, true);
  }
  return forms;
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
