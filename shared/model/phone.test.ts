import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalisePhone } from './phone.ts';

const dialled = (raw: string) => {
  const result = normalisePhone(raw);
  return result.ok ? result.uri : result.reason;
};

describe('a telephone field', () => {
  it.each([
    ['13800138000', 'tel:+8613800138000'],
    ['138 0013 8000', 'tel:+8613800138000'],
    ['138-0013-8000', 'tel:+8613800138000'],
    ['+86 138 0013 8000', 'tel:+8613800138000'],
    ['0086-13800138000', 'tel:+8613800138000'],
    ['8613800138000', 'tel:+8613800138000'],
    ['013800138000', 'tel:+8613800138000'],
    ['１３８００１３８０００', 'tel:+8613800138000'],
    ['（0594）8291234', 'tel:+865948291234'],
    ['0594—8291234', 'tel:+865948291234'],
    ['8291234', 'tel:+865948291234'],
    ['+86 594 8291234', 'tel:+865948291234'],
    ['010-65001234', 'tel:+861065001234'],
    ['0591 87541234', 'tel:+8659187541234'],
    ['12345', 'tel:12345'],
    ['110', 'tel:110'],
    ['10086', 'tel:10086'],
    ['400-810-1234', 'tel:4008101234'],
    ['+852 2123 4567', 'tel:+85221234567'],
  ])('%s is dialled as %s', (raw, uri) => {
    expect(dialled(raw)).toBe(uri);
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['-', 'empty'],
    ['/', 'empty'],
    ['无', 'letters'],
    ['不详', 'letters'],
    ['1380013800O', 'letters'],
    ['abc13800138000', 'letters'],
    ['138****8000', 'masked'],
    ['8291', 'tooShort'],
    ['138001380001234', 'tooLong'],
    ['12800138000', 'unknownForm'],
    ['1380013800', 'unknownForm'],
  ])('"%s" is refused as %s', (raw, reason) => {
    expect(dialled(raw)).toBe(reason);
  });

  it('with two numbers dials the first usable one and offers the other', () => {
    for (const raw of [
      '13800138000/8291234',
      '13800138000、8291234',
      '13800138000 8291234',
      '13800138000；8291234',
      '无/13800138000，8291234',
    ]) {
      const result = normalisePhone(raw);
      expect(result, raw).toMatchObject({ ok: true, digits: '13800138000', alternatives: [{ digits: '05948291234' }] });
    }
  });

  it('keeps the extension beside the number instead of dialling it as part of it', () => {
    for (const raw of [
      '0594-8291234转801',
      '0594-8291234-801',
      '8291234 ext. 801',
      '8291234#801',
      '0594 8291234 分机801',
    ])
      expect(normalisePhone(raw), raw).toMatchObject({ ok: true, uri: 'tel:+865948291234', extension: '801' });
  });

  it('reads every mobile number alike however it is punctuated', () => {
    const mobile = fc
      .tuple(fc.constantFrom('13', '15', '17', '18', '19'), fc.stringMatching(/^\d{9}$/))
      .map((p) => p.join(''));
    const gap = fc.constantFrom('', ' ', '-', '  ', '－');
    const prefix = fc.constantFrom('', '+86', '+86 ', '0086', '86');
    fc.assert(
      fc.property(mobile, gap, gap, prefix, (number, a, b, p) => {
        const written = p + number.slice(0, 3) + a + number.slice(3, 7) + b + number.slice(7);
        expect(dialled(written)).toBe(`tel:+86${number}`);
      }),
    );
  });

  it('never throws, and what it gives is an address the telephone takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789 +-/、转#x()*abc無') }), (raw) => {
        const result = normalisePhone(raw);
        if (result.ok) expect(result.uri).toMatch(/^tel:\+?\d{3,17}$/);
      }),
    );
  });
});
