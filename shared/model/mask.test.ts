import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskIdNumber, maskName, maskPhone } from './mask.ts';
import { maySeeTown, seesPersonalData } from './permissions.ts';

describe('masks', () => {
  it('keep a name recognisable to those who know it and to nobody else', () => {
    expect(maskName('张三丰')).toBe('张*丰');
    expect(maskName('李四')).toBe('李*');
    expect(maskName('欧阳修文')).toBe('欧**文');
    expect(maskName('张')).toBe('*');
    expect(maskName('')).toBe('');
    expect(maskName('𠮷三丰')).toBe('𠮷*丰');
  });

  it('hide the middle of a number however it is written, and all of what cannot be read', () => {
    expect(maskPhone('138 0013 8000')).toBe('138****8000');
    expect(maskPhone('13800138000/13900139000')).toBe('138****8000');
    expect(maskPhone('8291234')).toBe('059****1234');
    expect(maskPhone('12345')).toBe('12345');
    expect(maskPhone('微信 wx1380013')).toBe('****');
    expect(maskPhone('')).toBe('');
    expect(maskIdNumber('350322199001011234')).toBe('350***************');
  });

  it('never let through four digits in a row from the middle of a mobile number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^1[3-9]\d{9}$/), (phone) => {
        expect(maskPhone(phone)).toMatch(/^\d{3}\*{4}\d{4}$/);
      }),
    );
  });

  it('fall for those who call people, not for those who keep accounts and records', () => {
    expect(
      ['dispatcher', 'leader', 'townClerk', 'admin', 'auditor'].map((role) => seesPersonalData(role as never)),
    ).toEqual([true, true, true, false, false]);
  });

  it('bind a town clerk to the own town', () => {
    expect(maySeeTown('350322100', '350322100')).toBe(true);
    expect(maySeeTown('350322100', '350322101')).toBe(false);
    expect(maySeeTown('350322100', null)).toBe(false);
    expect(maySeeTown(null, null)).toBe(true);
  });
});
