import { z } from 'zod';
import { draftAt, useDraft, writeDraft } from './drafts.ts';
import type { StepArgs, StepName } from './steps.ts';

/** What is being filled in: a field that has to be chosen and is not yet is null. */
export type StepDraft<N extends StepName> = { [K in keyof StepArgs<N>]: StepArgs<N>[K] | null };

const fields = z.record(z.string(), z.json());

function keyOf(name: StepName, caseIds: readonly string[]): string {
  return `step:${name}:${[...caseIds].sort().join()}`;
}

function read(text: string): Record<string, unknown> {
  return text === '' ? {} : fields.parse(JSON.parse(text));
}

/** The fields of a step as they are filled in, kept by step and cases until it is given: a refusal, closing and an error lose nothing. */
export function useStepDraft<N extends StepName>(name: N, caseIds: readonly string[], initial: StepDraft<N>) {
  const draft = useDraft(keyOf(name, caseIds));
  const filled: StepDraft<N> = { ...initial, ...read(draft.text) };
  const write = (patch: Partial<StepDraft<N>>): void => draft.write(JSON.stringify({ ...read(draft.text), ...patch }));
  return { filled, write, drop: draft.drop };
}

/** Puts the fields of a step back that was given and taken back; what was begun there meanwhile stays, and typed words stand before the old ones. */
export function keepStepDraft(name: StepName, caseIds: readonly string[], args: unknown): void {
  const parsed = fields.safeParse(args);
  if (!parsed.success) return;
  const key = keyOf(name, caseIds);
  const begun = read(draftAt(key));
  const merged = { ...parsed.data, ...begun };
  for (const field of ['note', 'reason', 'conclusion']) {
    const words = [begun[field], parsed.data[field]].filter((text) => typeof text === 'string' && text !== '');
    if (words.length > 0) merged[field] = [...new Set(words)].join('\n');
  }
  writeDraft(key, JSON.stringify(merged));
}
