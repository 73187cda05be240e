import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Source, sourceSchema } from '../model/codes.ts';
import { parseIntake } from './intake.ts';

const now = Date.parse('2023-08-21T20:00:00+08:00');
const common = { sourceNo: 'A-1', title: '宅基地边界争议', address: '枫亭镇秀峰村' };
const bodies: Record<Source, Record<string, unknown>> = {
  grid: { ...common, gridCode: '350322100205-01' },
  outreach: { ...common, teamId: 'T-7' },
  selfReport: { ...common, reporter: { name: '测试甲' } },
  police110: common,
  hotline12345: { ...common, phone: '138 0013 8000/8291234' },
  publicOpinion: { ...common, link: 'https://example.cn/v/1', platform: '抖音' },
  other: { ...common, reason: '县领导接访' },
};
const field = (source: string, body: unknown) => {
  const parsed = parseIntake(source, body, now);
  return parsed.ok ? 'accepted' : parsed.field;
};
const without = (source: Source, key: string) => {
  const { [key]: _, ...rest } = bodies[source];
  return rest;
};

describe('intake', () => {
  it('takes what each source must say, in one common form', () => {
    for (const source of sourceSchema.options) {
      const parsed = parseIntake(source, bodies[source], now);
      expect(parsed, source).toMatchObject({
        ok: true,
        case: { source, sourceNo: 'A-1', recordedAt: now, category: 'other' },
      });
    }
  });

  it("refuses a report without its source's number, whatever the source, and names the field", () => {
    for (const source of sourceSchema.options) {
      expect(field(source, without(source, 'sourceNo'))).toBe('sourceNo');
      expect(field(source, { ...bodies[source], sourceNo: '  ' })).toBe('sourceNo');
    }
  });

  it.each([
    ['grid', 'gridCode'],
    ['outreach', 'teamId'],
    ['selfReport', 'reporter'],
    ['hotline12345', 'phone'],
    ['publicOpinion', 'link'],
    ['publicOpinion', 'platform'],
    ['other', 'reason'],
    ['police110', 'title'],
  ] as const)('a report from %s without %s is refused by that name', (source, key) => {
    expect(field(source, without(source, key))).toBe(key);
  });

  it('names the field of any other mistake, down to the party', () => {
    expect(field('telegram', common)).toBe('source');
    expect(field('police110', null)).toBe('body');
    expect(field('police110', { ...common, adress: 'x' })).toBe('adress');
    expect(field('police110', { ...common, lng: 118.7 })).toBe('lat');
    expect(field('police110', { ...common, category: 'magic' })).toBe('category');
    expect(field('police110', { ...common, parties: [{ name: '甲' }, { name: '' }] })).toBe('parties.1.name');
    expect(field('police110', { ...common, highRisk: true })).toBe('riskReason');
    expect(field('grid', { ...common, villageCode: '350322100205' })).toBe('accepted');
  });

  it('takes a clock five minutes ahead and not more', () => {
    expect(field('police110', { ...common, recordedAt: now + 300_000 })).toBe('accepted');
    expect(field('police110', { ...common, recordedAt: now + 300_001 })).toBe('recordedAt');
    expect(field('police110', { ...common, recordedAt: '2023-08-21' })).toBe('recordedAt');
    expect(parseIntake('police110', { ...common, recordedAt: now - 1 }, now)).toMatchObject({
      case: { recordedAt: now - 1 },
    });
  });

  it('keeps a number that nobody can dial rather than losing the case', () => {
    const parsed = parseIntake('hotline12345', { ...bodies.hotline12345, phone: '号码abc' }, now);
    expect(parsed).toMatchObject({ ok: true, case: { parties: [{ phone: '号码abc' }] } });
  });

  it('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sourceSchema.options), fc.anything(), (source, body) => {
        expect(parseIntake(source, body, now).ok).toBe(false);
      }),
    );
  });
});
