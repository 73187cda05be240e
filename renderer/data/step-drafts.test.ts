import { expect, test } from 'vitest';
import { draftAt, writeDraft } from './drafts.ts';
import { keepStepDraft } from './step-drafts.ts';

const kept = (name: string, ids: string) => JSON.parse(draftAt(`step:${name}:${ids}`)) as unknown;

test('what was filled in comes back when a step is taken back, whatever order the cases are in', () => {
  keepStepDraft('askExtension', ['b', 'a'], { newDueAt: 5, reason: '鉴定' });
  expect(kept('askExtension', 'a,b')).toEqual({ newDueAt: 5, reason: '鉴定' });
});

test('words begun meanwhile stay before those that come back, and the same words come back once', () => {
  writeDraft('step:recordAction:a', JSON.stringify({ note: '再次上门' }));
  keepStepDraft('recordAction', ['a'], { note: '已上门' });
  keepStepDraft('recordAction', ['a'], { note: '再次上门\n已上门' });
  expect(kept('recordAction', 'a')).toEqual({ note: '再次上门\n已上门' });
});
