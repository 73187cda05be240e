import { describe, expect, it } from 'vitest';
import { modes } from './table.ts';

const all = {
  townCodes: ['350322001', '350322100'],
  villageCodes: ['350322001001', '350322001002', '350322100001'],
};
const place = { villageCode: '350322001002', townCode: '350322001' };

describe('drilling on the map', () => {
  it('the county shows its towns, and a click goes into the town under the cursor', () => {
    const scope = { level: 'county', code: '350322' } as const;
    expect(modes.county.labels(scope, all)).toEqual({ valued: all.townCodes, named: [], colored: all.townCodes });
    expect(modes.county.target(scope, place)).toEqual({ level: 'town', code: '350322001' });
    expect(modes.county.openTown(scope)).toBeNull();
  });

  it('a town shows its own villages; a click on another town changes over to it', () => {
    const scope = { level: 'town', code: '350322001' } as const;
    expect(modes.town.labels(scope, all)).toEqual({
      valued: ['350322001001', '350322001002'],
      named: ['350322100'],
      colored: ['350322001001', '350322001002'],
    });
    expect(modes.town.target(scope, place)).toEqual({ level: 'village', code: '350322001002' });
    const elsewhere = { villageCode: '350322100001', townCode: '350322100' };
    expect(modes.town.target(scope, elsewhere)).toEqual({ level: 'town', code: '350322100' });
  });

  it('a village keeps its town open, and a click on a neighbour moves to it', () => {
    const scope = { level: 'village', code: '350322001001' } as const;
    expect(modes.village.openTown(scope)).toBe('350322001');
    expect(modes.village.labels(scope, all).colored).toEqual(['350322001001', '350322001002']);
    expect(modes.village.target(scope, place)).toEqual({ level: 'village', code: '350322001002' });
  });
});
