import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../call.ts';
import { caseAfter, context, dispatched, fresh, run, start, urge } from './fixture.test-support.ts';
import { applyCaseCommand, caseCommandNames, referencesOf, undoOf } from './registry.ts';

describe('a command', () => {
  it('to urge a closed, void or merged case is refused', () => {
    expect(run(fresh({ closedAt: start }), 'urgeResponsibles', urge)).toMatchObject({ reason: 'caseClosed' });
    expect(run(fresh({ voidedAt: start }), 'urgeResponsibles', urge)).toMatchObject({ reason: 'caseVoid' });
    expect(run(fresh({ mergedIntoId: 'x' }), 'urgeResponsibles', urge)).toMatchObject({ reason: 'caseMerged' });
  });

  it('to urge queues one message for each person, and fails at once where there is no number', () => {
    const outcome = run(fresh(), 'urgeResponsibles', { ...urge, degree: 'red', recipientIds: ['p1', 'p2', 'p1'] });
    if (!outcome.ok) throw new Error(outcome.reason);
    expect(outcome.effects.messages.map((one) => [one.personId, one.state, one.failure])).toEqual([
      ['p1', 'queued', null],
      ['p2', 'failed', 'noNumber'],
    ]);
    expect(outcome.effects.case).toMatchObject({ urgeCount: 1, lastUrgeDegree: 'red' });
    expect(outcome.effects.events[0]?.facts).toEqual({ degree: 'red', recipients: 2 });
    expect(run(fresh(), 'urgeResponsibles', { ...urge, recipientIds: [] })).toMatchObject({ reason: 'noRecipients' });
    expect(run(fresh(), 'urgeResponsibles', { ...urge, recipientIds: ['p9'] })).toMatchObject({
      reason: 'personUnknown',
      detail: 'p9',
    });
  });

  it('to call back with 不满意 reopens the case and takes the resolution back; any other answer leaves it closed', () => {
    const closed = fresh({ ...dispatched, resolvedAt: start - 2, closedAt: start - 1 });
    const reopened = run(closed, 'callBack', { result: 'dissatisfied', note: '' });
    expect(caseAfter(reopened)).toMatchObject({ closedAt: null, resolvedAt: null, callbackResult: 'dissatisfied' });
    expect(reopened.ok && reopened.effects.events.map((event) => event.kind)).toEqual(['calledBack', 'reopened']);
    for (const result of ['satisfied', 'basicallySatisfied', 'unreached'])
      expect(caseAfter(run(closed, 'callBack', { result, note: '' }))).toMatchObject({
        closedAt: start - 1,
        resolvedAt: start - 2,
      });
    expect(run(fresh(), 'callBack', { result: 'satisfied', note: '' })).toMatchObject({ reason: 'caseNotClosed' });
  });

  it('to close does not claim that the dispute is resolved, nor the other way round', () => {
    expect(caseAfter(run(fresh(), 'closeCase', { note: '' })).resolvedAt).toBeNull();
    expect(caseAfter(run(fresh(), 'resolveCase', { level: 'town', note: '' }))).toMatchObject({
      closedAt: null,
      level: 'town',
    });
    expect(
      caseAfter(run(fresh({ closedAt: start }), 'resolveCase', { level: 'village', note: '' })).resolvedAt,
    ).not.toBeNull();
  });

  it('to call leaves a record from the first click, and its outcome is written once', () => {
    const started = run(fresh(), 'startCall', { callId: 'c1', personId: 'p2' });
    if (!started.ok) throw new Error(started.reason);
    const [call] = started.effects.calls;
    expect(call).toMatchObject({ id: 'c1', outcome: 'unrecorded', finishedAt: null });
    const calls = new Map([['c1', call as Call]]);
    const finished = run(started.effects.case, 'finishCall', { callId: 'c1', outcome: 'noAnswer', note: '' }, 2, calls);
    expect(finished).toMatchObject({
      ok: true,
      effects: { calls: [{ outcome: 'noAnswer', finishedAt: start + 2000 }] },
    });
    const done = new Map([['c1', { ...(call as Call), finishedAt: start }]]);
    expect(run(fresh(), 'finishCall', { callId: 'c1', outcome: 'busy', note: '' }, 3, done)).toMatchObject({
      reason: 'callFinished',
    });
    expect(run(fresh(), 'finishCall', { callId: 'c9', outcome: 'busy', note: '' })).toMatchObject({
      reason: 'callUnknown',
    });
  });

  it('to dispatch by hand adds the reason to the chain, once', () => {
    const args = { villageCode: '350322100205', reason: '现场核实' };
    const placed = caseAfter(run(fresh(), 'dispatchByHand', args));
    expect(placed).toMatchObject({ ...dispatched, dispatchState: 'manual', bindingVersion: 3 });
    expect(placed.dispatchChain.at(-1)).toMatchObject({ step: 'manual', evidence: '现场核实' });
    expect(run(placed, 'dispatchByHand', args)).toMatchObject({ reason: 'alreadyDispatched' });
    expect(run(fresh(), 'dispatchByHand', { ...args, villageCode: 'x' })).toMatchObject({ reason: 'villageUnknown' });
    expect(run(fresh(), 'dispatchByHand', { ...args, reason: ' ' })).toMatchObject({ reason: 'reasonMissing' });
  });

  it('is refused to a role that may not give it, and malformed arguments by the name of the field', () => {
    for (const name of caseCommandNames)
      expect(applyCaseCommand(fresh(), name, {}, 'auditor', context(1))).toEqual({
        ok: false,
        reason: 'notPermitted',
        detail: name,
      });
    expect(run(fresh(), 'urgeResponsibles', { ...urge, degree: 'pink' })).toEqual({
      ok: false,
      reason: 'argumentsInvalid',
      detail: 'degree',
    });
    expect(run(fresh(), 'constructor', {})).toMatchObject({ reason: 'commandUnknown' });
  });

  it('that sends a message or places a call cannot be taken back; many urgings at once and every other command can, for ten seconds', () => {
    expect(caseCommandNames.filter((name) => undoOf(name) === 'irrevocable')).toEqual([
      'urgeResponsibles',
      'startCall',
    ]);
    expect(undoOf('urgeResponsibles', 2)).toEqual({ seconds: 10 });
    expect(undoOf('startCall', 2)).toBe('irrevocable');
    expect(undoOf('finishCall')).toEqual({ seconds: 10 });
    expect(undoOf('teleport', 3)).toBe('irrevocable');
  });

  it('names the persons and villages it needs, whatever its arguments are', () => {
    const none = { personIds: [], villageCodes: [], departmentIds: [], campaignIds: [], caseIds: [] };
    expect(referencesOf(urge)).toEqual({ ...none, personIds: ['p1'] });
    expect(referencesOf({ personId: 'p2', villageCode: 'v', departmentId: 'd', campaignId: 'c', intoId: 'x' })).toEqual(
      {
        personIds: ['p2'],
        villageCodes: ['v'],
        departmentIds: ['d'],
        campaignIds: ['c'],
        caseIds: ['x'],
      },
    );
    fc.assert(
      fc.property(fc.anything(), (args) => {
        expect(referencesOf(args).personIds.every((id) => typeof id === 'string')).toBe(true);
      }),
    );
  });
});
