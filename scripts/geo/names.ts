import type { TownKind, VillageKind } from '../../shared/geo/register.ts';

const TOWN_KINDS: Record<string, TownKind> = { 街道: 'subdistrict', 镇: 'town', 乡: 'township' };
const VILLAGE_KINDS: Record<string, VillageKind> = { 村: 'village', '社区(居)': 'community' };

/** 梅塘村委会 → 梅塘村, 木兰社区居委会 and 木兰社区居民委员会 → 木兰社区: what people say and what fits on a map. */
export function shortVillageName(officialName: string): string {
  const short = officialName.replace(/(居民委员会|居委会|民委员会|委会)$/, '');
  if (!/(村|社区)$/.test(short)) throw new Error(`no short form known for ${officialName}`);
  return short;
}

export function townKind(word: string): TownKind {
  const kind = TOWN_KINDS[word];
  if (kind === undefined) throw new Error(`unknown kind of town: ${word}`);
  return kind;
}

export function villageKind(word: string): VillageKind {
  const kind = VILLAGE_KINDS[word];
  if (kind === undefined) throw new Error(`unknown kind of village: ${word}`);
  return kind;
}
