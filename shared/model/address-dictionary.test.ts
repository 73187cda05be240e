import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import register from '../../resources/geo/register.json' with { type: 'json' };
import { createAddressDictionary } from './address-dictionary.ts';

const { towns, villages } = register;
const dictionary = createAddressDictionary(towns, villages);
const townName = new Map(towns.map((town) => [town.code, town.name]));
const find = (address: string) => dictionary.find(address).villageCode;
const codeOf = (town: string, village: string) =>
  villages.find((one) => one.name === village && townName.get(one.townCode) === town)?.code ?? 'no such village';
const shared = new Set(
  villages.filter((one) => villages.some((other) => other !== one && other.name === one.name)).map((one) => one.name),
);

describe('the address dictionary on the real register', () => {
  it('finds every village beside its town, in each way an address is written', () => {
    for (const village of villages) {
      const town = townName.get(village.townCode) ?? '';
      const short = town.replace(/(街道|镇|乡)$/, '');
      const stem = village.name.replace(/(社区|村)$/, '');
      for (const address of [
        `${town}${village.name}`,
        `福建省莆田市仙游县${town}${village.name}12号`,
        `仙游县 ${town} ${village.officialName}旁`,
        `${short}${village.name}东头第三组`,
        `地址：仙游县${town}${village.name}老人会门口`,
        `${town}${stem}`,
        `${town}${stem}8号`,
      ])
        expect(find(address), address).toBe(village.code);
    }
  });

  it('finds a village without its town only if no other village has the name', () => {
    expect([...shared]).toEqual(['半岭村']);
    for (const village of villages)
      expect(find(`${village.name}5号`), village.name).toBe(shared.has(village.name) ? null : village.code);
    expect(find('西苑乡半岭村')).toBe(codeOf('西苑乡', '半岭村'));
    expect(find('社硎乡半岭村')).toBe(codeOf('社硎乡', '半岭村'));
    expect(dictionary.find('半岭村3号')).toMatchObject({ why: 'ambiguous', evidence: '半岭村' });
  });

  it('takes the longest name: one village is never found inside the name of another', () => {
    expect(find('后南溪村')).toBe(codeOf('榜头镇', '后南溪村'));
    expect(find('顶东湖村')).toBe(codeOf('西苑乡', '顶东湖村'));
    expect(find('龙西林村水井旁')).toBe(codeOf('龙华镇', '龙西林村'));
    expect(find('北象山村')).toBe(codeOf('菜溪乡', '北象山村'));
    expect(find('东井宫村')).toBe(codeOf('盖尾镇', '东井宫村'));
  });

  it.each([
    ['a longer name that the register does not know', '大东湖村12号'],
    ['two villages', '枫亭镇秀峰村与麟山村交界处'],
    ['two towns', '枫亭镇与园庄镇交界秀峰村'],
    ['a village that is not in the named town', '榜头镇秀峰村'],
    ['a town of another county', '华亭镇南湖村'],
    ['a village of another county', '惠安县东山村'],
    ['a district of the city that is not the county', '莆田市城厢区南湖村'],
    ['a road that bears a village name', '枫亭镇秀峰路12号'],
    ['a town alone', '枫亭镇'],
    ['a bare name without its town', '秀峰'],
    ['nothing', ''],
  ])('does not guess at %s', (_, address) => {
    expect(find(address)).toBeNull();
  });

  it('never finds a village behind a character that could belong to its name', () => {
    const prefix = fc.constantFrom(...'大小新老上下前后东西南北内外高低镇乡县');
    fc.assert(
      fc.property(prefix, fc.constantFrom(...villages), (letter, village) => {
        const found = find(letter + village.name);
        expect(found === null || villages.some((one) => one.code === found && one.name === letter + village.name)).toBe(
          true,
        );
      }),
    );
  });

  it('quotes the words that it understood', () => {
    expect(dictionary.find('仙游县枫亭镇秀峰村12号')).toMatchObject({ evidence: '枫亭镇 秀峰村' });
    expect(dictionary.find('榜头镇秀峰村')).toMatchObject({ why: 'contradiction', evidence: '榜头镇 秀峰村' });
  });
});
