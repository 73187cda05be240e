import { blankCase } from '../blank-case.ts';
import type { Call } from '../call.ts';
import type { Case } from '../case.ts';
import { type CommandContext, defaultCaseRules, noRecords, type Outcome } from '../effects.ts';
import { applyCaseCommand } from './registry.ts';

/** What the tests of this folder begin with: one case, two persons (one without a number), one village, a clock that ticks by command. */
export const start = Date.parse('2023-08-21T20:00:00+08:00');
export const persons = new Map([
  ['p1', { id: 'p1', name: '测试甲', phone: '13800138000' }],
  ['p2', { id: 'p2', name: '测试乙', phone: null }],
]);
export const villages = new Map([['350322100205', { id: '350322100205', townCode: '350322100', bindingVersion: 3 }]]);
export const fresh = (facts: Partial<Case> = {}): Case =>
  blankCase({
    id: 'case-1',
    no: 'XY-1',
    source: 'grid',
    sourceNo: 'G-1',
    category: 'neighbour',
    title: '邻里纠纷',
    recordedAt: start,
    dueAt: start + 7 * 86_400_000,
    deadlineRule: 'general',
    ...facts,
  });
export const context = (n: number, calls: ReadonlyMap<string, Call> = new Map()): CommandContext => ({
  ...noRecords(),
  commandId: `command-${String(n).padStart(6, '0')}`,
  at: start + n * 1000,
  operator: { id: 'op', name: '郑某' },
  persons,
  rules: defaultCaseRules,
  villages,
  departments: new Map([['d1', { id: 'd1', name: '自然资源局' }]]),
  campaigns: new Map([['hundred-days', { id: 'hundred-days', name: '百日攻坚' }]]),
  cases: new Map([['case-2', { ...fresh(), id: 'case-2', no: 'XY-2' }]]),
  mergedHere: [],
  calls,
});
export const run = (before: Case, name: string, args: unknown, n = 1, calls = new Map<string, Call>()): Outcome =>
  applyCaseCommand(before, name, args, 'dispatcher', context(n, calls));
export const caseAfter = (outcome: Outcome): Case => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.effects.case;
};
export const dispatched = { villageCode: '350322100205', townCode: '350322100', dispatchState: 'auto' } as const;
export const urge = { degree: 'yellow', recipientIds: ['p1'], note: '' };
