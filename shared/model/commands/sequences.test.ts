import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import words from '../../../resources/locales/zh-CN/codes.json' with { type: 'json' };
import { type Call, callSchema } from '../call.ts';
import { type Case, caseSchema } from '../case.ts';
import { caseEventSchema } from '../case-event.ts';
import {
  callbackResultSchema,
  callOutcomeSchema,
  levelSchema,
  type Role,
  roleSchema,
  urgeDegreeSchema,
} from '../codes.ts';
import { messageSchema } from '../message.ts';
import { context, dispatched, fresh, run, start } from './fixture.test-support.ts';
import { applyCaseCommand, caseCommandNames } from './registry.ts';

const note = fc.constantFrom('', '已到现场');
const step = fc.oneof(
  fc.record({
    name: fc.constant('urgeResponsibles'),
    args: fc.record({
      degree: fc.constantFrom(...urgeDegreeSchema.options),
      recipientIds: fc.array(fc.constantFrom('p1', 'p2', 'p9'), { maxLength: 3 }),
      note,
    }),
  }),
  fc.record({
    name: fc.constant('startCall'),
    args: fc.record({ callId: fc.constantFrom('c1', 'c2', 'c3'), personId: fc.constantFrom('p1', 'p2', 'p9') }),
  }),
  fc.record({
    name: fc.constant('finishCall'),
    args: fc.record({
      callId: fc.constantFrom('c1', 'c2', 'c3'),
      outcome: fc.constantFrom(...callOutcomeSchema.options),
      note,
    }),
  }),
  fc.record({
    name: fc.constantFrom('acceptCase', 'arriveOnScene', 'recordAction', 'closeCase'),
    args: fc.record({ note }),
  }),
  fc.record({
    name: fc.constant('resolveCase'),
    args: fc.record({ level: fc.constantFrom(...levelSchema.options), note }),
  }),
  fc.record({
    name: fc.constant('callBack'),
    args: fc.record({ result: fc.constantFrom(...callbackResultSchema.options), note }),
  }),
  fc.record({ name: fc.constant('markRisk'), args: fc.record({ highRisk: fc.boolean(), reason: note }) }),
  fc.record({
    name: fc.constant('dispatchByHand'),
    args: fc.record({ villageCode: fc.constantFrom('350322100205', 'x'), reason: note }),
  }),
  fc.record({ name: fc.constantFrom(...caseCommandNames, 'teleport', '__proto__'), args: fc.anything() }),
);
const beginnings = fc.constantFrom<Partial<Case>>(
  {},
  dispatched,
  { ...dispatched, closedAt: start },
  { voidedAt: start },
  { mergedIntoId: 'case-2' },
);

describe('any sequence of commands', () => {
  it('leaves a valid case, loses no count, and refuses with a reason that has words', () => {
    fc.assert(
      fc.property(
        beginnings,
        fc.array(fc.tuple(step, fc.constantFrom<Role>(...roleSchema.options)), { maxLength: 30 }),
        (facts, steps) => {
          let now = fresh(facts);
          const calls = new Map<string, Call>();
          steps.forEach(([{ name, args }, role], n) => {
            const frozen = JSON.parse(JSON.stringify(now)) as Case;
            const outcome = applyCaseCommand(now, name, args, role, context(n, calls));
            expect(now).toEqual(frozen);
            if (!outcome.ok) {
              expect(Object.keys(words.refusal)).toContain(outcome.reason);
              return;
            }
            const { effects } = outcome;
            expect(frozen.voidedAt === null && frozen.mergedIntoId === null).toBe(true);
            if (frozen.closedAt !== null)
              expect(['startCall', 'finishCall', 'resolveCase', 'callBack']).toContain(name);
            expect(caseSchema.parse(effects.case)).toEqual(effects.case);
            expect(effects.case.urgeCount).toBe(frozen.urgeCount + (name === 'urgeResponsibles' ? 1 : 0));
            expect(effects.case.callCount).toBe(frozen.callCount + (name === 'startCall' ? 1 : 0));
            expect(effects.case.updatedAt).toBeGreaterThanOrEqual(frozen.updatedAt);
            expect(effects.case.originalDueAt).toBe(frozen.originalDueAt);
            expect(levelSchema.options.indexOf(effects.case.level)).toBeGreaterThanOrEqual(
              levelSchema.options.indexOf(frozen.level),
            );
            effects.events.forEach((event, k) => {
              expect(caseEventSchema.parse(event).id).toBe(`${context(n).commandId}:${k}`);
            });
            expect(effects.events.length).toBeGreaterThan(0);
            for (const message of effects.messages)
              expect(messageSchema.parse(message).id).toBe(`${context(n).commandId}:${message.personId}`);
            for (const call of effects.calls) calls.set(callSchema.parse(call).id, call);
            now = effects.case;
          });
        },
      ),
      { numRuns: 400 },
    );
  });

  it('gives the same effects to whoever applies it, and the same ids when it is applied to its own result', () => {
    fc.assert(
      fc.property(beginnings, step, (facts, { name, args }) => {
        const calls = new Map<string, Call>();
        const first = run(fresh(facts), name, args, 1, calls);
        expect(run(fresh(facts), name, args, 1, calls)).toEqual(first);
        if (!first.ok) return;
        for (const call of first.effects.calls) calls.set(call.id, call);
        const again = run(first.effects.case, name, args, 1, calls);
        if (!again.ok) return;
        const ids = (outcome: typeof again) =>
          [...outcome.effects.events, ...outcome.effects.messages, ...outcome.effects.calls].map((row) => row.id);
        expect(ids(again)).toEqual(ids(first));
      }),
    );
  });
});
