import type { AddressDictionary } from './address-dictionary.ts';
import type { DispatchStep } from './case.ts';

/** What is known of where a case belongs. Position: WGS84 degrees. */
export interface DispatchSubject {
  villageCode?: string | null;
  lng?: number | null;
  lat?: number | null;
  address: string;
}
export interface DispatchLookups {
  hasVillage(code: string): boolean;
  /** Village whose area holds the point; null outside the county. */
  locate(lng: number, lat: number): string | null;
  dictionary: AddressDictionary;
}

/**
 * Finds the village of a case by rule: its village code, else the area its point lies in, else the address dictionary. Null is 待人工分拨: a case is
 * never given to a village by guess. The chain tells each rule tried up to the one that answered.
 */
export function dispatchOf(
  subject: DispatchSubject,
  lookups: DispatchLookups,
): { villageCode: string | null; chain: DispatchStep[] } {
  const chain: DispatchStep[] = [];
  for (const step of [byVillageCode, byPolygon, byAddress]) {
    const tried = step(subject, lookups);
    chain.push(tried);
    if (tried.outcome === 'hit') return { villageCode: tried.villageCode, chain };
  }
  return { villageCode: null, chain };
}

function byVillageCode({ villageCode }: DispatchSubject, { hasVillage }: DispatchLookups): DispatchStep {
  const code = villageCode?.trim() ?? '';
  return stepOf('villageCode', code, code !== '' && hasVillage(code) ? code : null);
}

function byPolygon({ lng, lat }: DispatchSubject, { locate }: DispatchLookups): DispatchStep {
  if (lng === null || lng === undefined || lat === null || lat === undefined) return stepOf('polygon', '', null);
  const code = locate(lng, lat);
  return stepOf('polygon', `${lng.toFixed(5)}, ${lat.toFixed(5)}`, code);
}

function byAddress({ address }: DispatchSubject, { dictionary }: DispatchLookups): DispatchStep {
  if (address.trim() === '') return stepOf('addressDictionary', '', null);
  const answer = dictionary.find(address);
  return stepOf('addressDictionary', answer.evidence, answer.villageCode);
}

/** Nothing to look at is `absent`, looked at in vain is `miss`. */
function stepOf(step: DispatchStep['step'], evidence: string, villageCode: string | null): DispatchStep {
  return { step, evidence, villageCode, outcome: villageCode !== null ? 'hit' : evidence === '' ? 'absent' : 'miss' };
}
