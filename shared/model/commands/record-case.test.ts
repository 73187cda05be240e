import { describe, expect, it } from 'vitest';
import { recordingRules } from '../recording.ts';
import { context, fresh, start, villages } from './fixture.test-support.ts';
import { applyCaseCommand, beginsCase, referencesOf, undoOf } from './registry.ts';

const village = { ...[...villages.values()][0], name: '秀峰村', officialName: '', kind: 'village', rev: 1 } as never;
const rules = recordingRules({
  towns: [{ id: '350322100', name: '枫亭镇' } as never],
  villages: [village],
  days: [],
  deadlineRules: undefined,
  coverage: undefined,
  locate: () => null,
});
const report = { source: 'selfReport', title: ' 路灯不亮 ', parties: [{ name: '测试甲', phone: '13800138000' }] };
const give = (args: object, more: { known?: string; townCode?: string } = {}) =>
  applyCaseCommand(null, 'recordCase', { ...report, ...args }, 'townClerk', {
    ...context(1),
    recording: { caseId: 'new', townCode: more.townCode ?? null, rules, known: more.known ?? null },
  });

describe('recording a case', () => {
  it('makes it from what was typed, with village, chain, deadline and two lines of its course', () => {
    const outcome = give({ address: '枫亭镇秀峰村老协会旁' });
    if (!outcome.ok) throw new Error(outcome.reason);
    const { case: row, events } = outcome.effects;
    expect(row).toMatchObject({
      id: 'new',
      no: '',
      title: '路灯不亮',
      villageCode: '350322100205',
      townCode: '350322100',
      dispatchState: 'auto',
      bindingVersion: 3,
      recordedAt: start + 1000,
      dueAt: start + 1000 + 7 * 86_400_000,
    });
    expect(events.map(({ kind, actorName, id }) => [kind, actorName, id])).toEqual([
      ['recorded', '郑某', 'command-000001:0'],
      ['dispatched', null, 'command-000001:1'],
    ]);
  });

  it('never guesses a village: without a rule that finds one it waits for a person', () => {
    expect(give({ villageCode: 'nowhere' })).toMatchObject({
      effects: { case: { villageCode: null, dispatchState: 'pending', dispatchedAt: null } },
    });
  });

  it('refuses with the reason what cannot be one', () => {
    const refused = (args: object, more?: Parameters<typeof give>[1]) => {
      const outcome = give(args, more);
      return outcome.ok ? null : [outcome.reason, outcome.detail];
    };
    expect(refused({ title: ' ' })).toEqual(['argumentsInvalid', 'title']);
    expect(refused({ lng: 118 })).toEqual(['argumentsInvalid', 'lat']);
    expect(refused({ source: 'hotline12345' })).toEqual(['sourceNoMissing', undefined]);
    expect(refused({ source: 'publicOpinion' })).toEqual(['linkMissing', undefined]);
    expect(refused({ source: 'publicOpinion', link: 'javascript:alert(1)' })).toEqual(['argumentsInvalid', 'link']);
    expect(refused({ recordedAt: start + 3_600_000 })).toEqual(['recordedInFuture', undefined]);
    expect(refused({ campaigns: ['nothing'] })).toEqual(['campaignUnknown', 'nothing']);
    expect(refused({ sourceNo: 'W-1' }, { known: 'XY-7' })).toEqual(['sourceNoKnown', 'XY-7']);
    expect(refused({}, { townCode: '350322100' })).toEqual(['outsideTown', undefined]);
    expect(refused({ address: '枫亭镇秀峰村' }, { townCode: '350322100' })).toBeNull();
  });

  it('is the only command where there is no case, refused where there is one, and can be taken back', () => {
    expect(applyCaseCommand(null, 'acceptCase', { note: '' }, 'dispatcher', context(1))).toMatchObject({
      reason: 'caseUnknown',
    });
    expect(applyCaseCommand(fresh(), 'recordCase', report, 'dispatcher', context(1))).toMatchObject({
      reason: 'caseKnown',
    });
    expect(applyCaseCommand(null, 'recordCase', report, 'leader', context(1))).toMatchObject({
      reason: 'notPermitted',
    });
    expect([beginsCase('recordCase'), beginsCase('acceptCase'), beginsCase('__proto__')]).toEqual([true, false, false]);
    expect(undoOf('recordCase')).toEqual({ seconds: 10 });
    expect(referencesOf({ campaigns: ['a', 'b'] }).campaignIds).toEqual(['a', 'b']);
  });
});
