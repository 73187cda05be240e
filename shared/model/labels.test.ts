import { describe, expect, it } from 'vitest';
import en from '../../resources/locales/en/codes.json' with { type: 'json' };
import enSms from '../../resources/locales/en/sms.json' with { type: 'json' };
import zh from '../../resources/locales/zh-CN/codes.json' with { type: 'json' };
import zhSms from '../../resources/locales/zh-CN/sms.json' with { type: 'json' };
import { failureKinds } from '../errors.ts';
import { caseEventKindSchema } from './case-event.ts';
import { workFacetSchema } from './case-filter.ts';
import * as codes from './codes.ts';
import { caseCommandNames } from './commands/registry.ts';
import { defaultDeadlineRules } from './deadlines.ts';
import type { RefusalReason } from './effects.ts';
import { countMetricNames, rateMetricNames } from './metrics/dictionary.ts';
import type { PhoneRefusal } from './phone.ts';
import { composeUrgeText, unknownPlaceholders } from './sms-text.ts';
import { syncStateSchema } from './sync-status.ts';

/** Complete by type: a new reason does not compile until it stands here, and then wants words. */
const refusals: Record<RefusalReason, true> = {
  caseUnknown: true,
  caseKnown: true,
  caseVoid: true,
  caseMerged: true,
  caseNotMerged: true,
  caseClosed: true,
  caseNotClosed: true,
  caseResolved: true,
  notDispatched: true,
  alreadyDispatched: true,
  alreadyAccepted: true,
  alreadyOnScene: true,
  sameVillage: true,
  riskUnchanged: true,
  reasonMissing: true,
  noteMissing: true,
  noRecipients: true,
  personUnknown: true,
  villageUnknown: true,
  departmentUnknown: true,
  campaignUnknown: true,
  campaignUnchanged: true,
  callUnknown: true,
  callFinished: true,
  dueNotLater: true,
  dueTooFar: true,
  extensionOpen: true,
  extensionUnknown: true,
  extensionDecided: true,
  heldInFuture: true,
  participantsMissing: true,
  conclusionMissing: true,
  levelNotHigher: true,
  consultationsMissing: true,
  notAtCounty: true,
  alreadyAssigned: true,
  handoverUnknown: true,
  handoverEnded: true,
  mergeIntoItself: true,
  mergeTargetUnknown: true,
  mergeTargetEnded: true,
  othersMergedHere: true,
  noPetition: true,
  batchUnchanged: true,
  sourceNoMissing: true,
  sourceNoKnown: true,
  linkMissing: true,
  recordedInFuture: true,
  outsideTown: true,
  notPermitted: true,
  argumentsInvalid: true,
  commandUnknown: true,
};
const phoneRefusals: Record<PhoneRefusal, true> = {
  empty: true,
  masked: true,
  letters: true,
  tooShort: true,
  tooLong: true,
  unknownForm: true,
};

const wanted: Record<string, readonly string[]> = {
  source: codes.sourceSchema.options,
  level: codes.levelSchema.options,
  dispatchState: codes.dispatchStateSchema.options,
  callbackResult: codes.callbackResultSchema.options,
  postKind: codes.postKindSchema.options,
  role: codes.roleSchema.options,
  urgeDegree: codes.urgeDegreeSchema.options,
  callOutcome: codes.callOutcomeSchema.options,
  messageState: codes.messageStateSchema.options,
  extensionState: codes.extensionStateSchema.options,
  handoverState: codes.handoverStateSchema.options,
  workFacet: workFacetSchema.options,
  assigneeKind: codes.assigneeKindSchema.options,
  assignmentBasis: codes.assignmentBasisSchema.options,
  petitionKind: codes.petitionKindSchema.options,
  petitionBatch: codes.petitionBatchSchema.options,
  villageTier: codes.villageTierSchema.options,
  category: codes.categorySchema.options,
  caseEvent: caseEventKindSchema.options,
  command: caseCommandNames,
  deadlineRule: defaultDeadlineRules.map((rule) => rule.id),
  refusal: Object.keys(refusals),
  phoneRefusal: Object.keys(phoneRefusals),
  error: failureKinds,
  syncState: syncStateSchema.options,
  'metric.count': countMetricNames,
  'metric.rate': rateMetricNames,
};

function flat(node: unknown, path = ''): Map<string, string> {
  if (typeof node === 'string') return new Map([[path, node]]);
  const parts = Object.entries(node as object).map(([key, part]) => flat(part, path === '' ? key : `${path}.${key}`));
  return new Map(parts.flatMap((part) => [...part]));
}
const at = (root: unknown, path: string) =>
  path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], root);
const placeholders = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

describe.each([
  ['zh-CN', zh],
  ['en', en],
] as const)('the labels in %s', (_, words) => {
  it.each(Object.entries(wanted))('name every %s, and nothing that does not exist', (group, names) => {
    expect(Object.keys(at(words, group) as object).sort()).toEqual([...names].sort());
  });

  it('tell what to do beside every refusal and failure, and how every metric is made', () => {
    for (const [path, text] of flat(words)) if (!path.endsWith('.note')) expect(text.trim(), path).not.toBe('');
    for (const group of ['refusal', 'error'])
      for (const entry of Object.values(at(words, group) as object))
        expect(Object.keys(entry)).toEqual(['title', 'advice']);
    for (const group of ['metric.count', 'metric.rate'])
      for (const entry of Object.values(at(words, group) as object))
        expect(Object.keys(entry)).toEqual(['name', 'formula', 'note']);
  });
});

it('both languages hold the same keys with the same placeholders, and the Chinese no English sentences', () => {
  const [a, b] = [flat(zh), flat(en)];
  expect([...b.keys()].sort()).toEqual([...a.keys()].sort());
  for (const [key, text] of a) {
    expect(placeholders(b.get(key) ?? ''), key).toEqual(placeholders(text));
    expect(text.replace(/\{\{\w+\}\}|\$t\([^)]*\)|\[C\]/g, ''), key).not.toMatch(/[a-z]{3,}|[!！]/i);
  }
});

describe('the text of an urging', () => {
  const vars = {
    recipient: '测试某某',
    caseNo: 'XY-1',
    title: '水渠{{sender}}争议',
    place: '枫亭镇秀峰村',
    due: '2023-08-21 20:00',
    hours: '3',
    sender: '县指挥中心',
    note: '',
  };

  it('exists for every degree in both languages and names the case, the place and the due', () => {
    for (const templates of [zhSms.urge, enSms.urge]) {
      expect(Object.keys(templates)).toEqual(codes.urgeDegreeSchema.options);
      for (const template of Object.values(templates)) {
        expect(unknownPlaceholders(template)).toEqual([]);
        const text = composeUrgeText(template, vars);
        for (const part of ['测试某某', 'XY-1', '枫亭镇秀峰村', '2023-08-21 20:00', '县指挥中心'])
          expect(text).toContain(part);
      }
    }
  });

  it('takes braces inside a title as text, and shows a misspelt variable', () => {
    expect(composeUrgeText('{{title}}', vars)).toBe('水渠{{sender}}争议');
    expect(composeUrgeText('{{titel}}', vars)).toBe('{{titel}}');
    expect(unknownPlaceholders('{{titel}} {{due}}')).toEqual(['titel']);
  });
});
