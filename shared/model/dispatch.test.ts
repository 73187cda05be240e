import { describe, expect, it } from 'vitest';
import register from '../../resources/geo/register.json' with { type: 'json' };
import { createAddressDictionary } from './address-dictionary.ts';
import { dispatchStepSchema } from './case.ts';
import { type DispatchLookups, dispatchOf } from './dispatch.ts';

const codes = new Set(register.villages.map((village) => village.code));
const xiufeng = register.villages.find((village) => village.name === '秀峰村')?.code ?? '';
const linshan = register.villages.find((village) => village.name === '麟山村')?.code ?? '';
const lookups: DispatchLookups = {
  hasVillage: (code) => codes.has(code),
  locate: (lng, lat) => (lng === 118.85 && lat === 25.25 ? linshan : null),
  dictionary: createAddressDictionary(register.towns, register.villages),
};
const outcomes = (subject: Parameters<typeof dispatchOf>[0]) =>
  dispatchOf(subject, lookups).chain.map((step) => `${step.step}:${step.outcome}`);

describe('automatic dispatch', () => {
  it('trusts the village code before the point and the point before the words', () => {
    const all = { villageCode: xiufeng, lng: 118.85, lat: 25.25, address: '榜头镇' };
    expect(dispatchOf(all, lookups).villageCode).toBe(xiufeng);
    expect(dispatchOf({ ...all, villageCode: null }, lookups).villageCode).toBe(linshan);
    expect(dispatchOf({ address: '枫亭镇秀峰村' }, lookups).villageCode).toBe(xiufeng);
  });

  it('tells each rule it tried: found, looked at in vain, nothing to look at', () => {
    expect(outcomes({ villageCode: xiufeng, address: '' })).toEqual(['villageCode:hit']);
    expect(outcomes({ villageCode: '350322999999', lng: 118.85, lat: 25.25, address: '' })).toEqual([
      'villageCode:miss',
      'polygon:hit',
    ]);
    expect(outcomes({ lng: 0, lat: 0, address: '枫亭镇秀峰村' })).toEqual([
      'villageCode:absent',
      'polygon:miss',
      'addressDictionary:hit',
    ]);
    expect(outcomes({ address: '' })).toEqual(['villageCode:absent', 'polygon:absent', 'addressDictionary:absent']);
  });

  it('leaves a case that no rule can place to a person', () => {
    const { villageCode, chain } = dispatchOf(
      { villageCode: '350322999999', lng: 120, lat: 30, address: '半岭村3号' },
      lookups,
    );
    expect(villageCode).toBeNull();
    expect(chain).toHaveLength(3);
    for (const step of chain)
      expect(dispatchStepSchema.parse(step)).toMatchObject({ outcome: 'miss', villageCode: null });
  });
});
