import { describe, expect, it } from 'vitest';
import { recordCaseArgs } from '../../../shared/model/commands/record-case.ts';
import { readReport } from '../../../shared/model/intake-text/read-report.ts';
import type { IntakeDraft } from '../../data/intake-draft.ts';
import { argsOf, filledFrom, plainPhone, problemsOf } from './intake-plan.ts';

const now = Date.parse('2023-08-21T20:00:00+08:00');
const blank: IntakeDraft = {
  source: null,
  sourceNo: '',
  link: '',
  title: '',
  detail: '',
  address: '',
  category: null,
  villageCode: null,
  parties: [{ name: '', phone: '' }],
  petitionKind: null,
  recordedAt: '',
  campaigns: [],
  pasted: '',
  instead: null,
};
const keys = (patch: Partial<IntakeDraft>) => problemsOf({ ...blank, ...patch }, now).map(({ key }) => key);

describe('a report at the desk', () => {
  it('names what is missing, by its field, and asks for no more than the rules do', () => {
    expect(keys({})).toEqual(['source', 'title']);
    expect(keys({ source: 'police110', title: '争吵' })).toEqual(['sourceNo']);
    expect(keys({ source: 'publicOpinion', title: '争吵', link: 'javascript:alert(1)' })).toEqual(['link']);
    expect(keys({ source: 'grid', title: '争吵', recordedAt: '昨天' })).toEqual(['recordedAt']);
    expect(keys({ source: 'grid', title: '争吵', recordedAt: '2023-08-21 21:00' })).toEqual(['future']);
    expect(keys({ source: 'grid', title: '争吵' })).toEqual([]);
  });

  it('becomes arguments that the command takes, without empty people and with numbers as one dials them', () => {
    const args = argsOf({
      ...blank,
      source: 'selfReport',
      title: '争吵',
      recordedAt: '2023-08-21 19:05',
      parties: [
        { name: '测试甲', phone: '１６１ 1234 5678' },
        { name: ' ', phone: '' },
        { name: '', phone: '0594-8291234转801' },
      ],
    });
    expect(recordCaseArgs.safeParse(args).success).toBe(true);
    expect(args).toMatchObject({ recordedAt: Date.parse('2023-08-21T19:05:00+08:00'), category: 'other', link: null });
    expect(args.parties).toEqual([
      { name: '测试甲', phone: '16112345678' },
      { name: '', phone: '0594-8291234转801' },
    ]);
    expect(plainPhone('16112345670/16112345671')).toBe('16112345670/16112345671');
  });

  it('is filled by a pasted text only where nothing was typed', () => {
    const text = '工单编号：PT-1\n诉求人：测试甲\n地址：枫亭镇\n诉求内容：占道经营';
    const typed = { ...blank, address: '榜头镇', source: 'other' as const };
    expect(filledFrom(typed, readReport(text), text)).toMatchObject({
      source: 'other',
      address: '榜头镇',
      sourceNo: 'PT-1',
      title: '占道经营',
      parties: [{ name: '测试甲', phone: '' }],
      pasted: text,
    });
  });
});
