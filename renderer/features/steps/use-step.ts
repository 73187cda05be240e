import { useState } from 'react';
import type { CommandResultOf } from '../../../shared/ipc/contract.ts';
import { now } from '../../data/clock.ts';
import { useDesk } from '../../data/desk-store.ts';
import { type StepDraft, useStepDraft } from '../../data/step-drafts.ts';
import { refusalOf, type StepRefusal } from '../../data/step-rules.ts';
import { type StepArgs, type StepName, stepLimit } from '../../data/steps.ts';
import { useGive } from '../../data/use-give.ts';
import { useSurroundings } from '../../data/use-surroundings.ts';
import type { StepFormProps } from './forms.ts';

/**
 * A step that is being filled in. `filled` are the fields of its command, kept as a draft; `refusal` is what the rules say to them now (of one case; what
 * they say of many is in the answer). `confirm` gives it and closes the dialog once every case took it.
 */
export function useStep<N extends StepName>(
  name: N,
  { caseIds, detail }: StepFormProps,
  initial: StepDraft<N>,
  {
    lacks = () => null,
    fixed,
    takers = () => caseIds,
  }: {
    /** What has still to be chosen, in words. */
    lacks?: (filled: StepDraft<N>) => string | null;
    /** Fields that follow from the others and from the case, whatever a draft says. */
    fixed?: (drafted: StepDraft<N>) => Partial<StepDraft<N>>;
    /** Of the cases, those that are given it; without it all. */
    takers?: (filled: StepDraft<N>) => readonly string[];
  } = {},
) {
  const around = useSurroundings();
  const { filled: drafted, write, drop } = useStepDraft(name, caseIds, initial);
  const filled: StepDraft<N> = { ...drafted, ...fixed?.(drafted) };
  const { give, running, failure } = useGive(name);
  const [answer, setAnswer] = useState<CommandResultOf<'give'> | null>(null);
  const [tried, setTried] = useState(false);
  const tooMany = caseIds.length > stepLimit;
  const refusal: StepRefusal | null =
    around === null || detail === null ? null : refusalOf(detail, name, filled, { ...around, at: now() });
  const missing = lacks(filled);
  /** Some cases took it: the rest is said, and there is nothing more to confirm. */
  const partly = answer !== null && answer.given.length > 0;

  const confirm = async (): Promise<void> => {
    if (running || tooMany || partly) return;
    setTried(true);
    if (missing !== null || refusal !== null) return;
    setAnswer(null);
    const result = await give(takers(filled), filled as StepArgs<N>);
    if (result === null) return;
    if (result.given.length > 0) drop();
    if (result.refused.length === 0) useDesk.getState().set({ action: null, chosenIds: new Set() });
    else {
      // Those that did not take it stay chosen: they are what is left to do.
      if (result.given.length > 0)
        useDesk.getState().set({ chosenIds: new Set(result.refused.map(({ caseId }) => caseId)) });
      setAnswer(result);
    }
  };
  const change = (patch: Partial<StepDraft<N>>): void => {
    setTried(false);
    if (!partly) setAnswer(null);
    write(patch);
  };
  return {
    name: name as StepName,
    caseIds,
    detail,
    filled,
    write: change,
    missing,
    refusal,
    /** It was tried with what the rules refuse: said aloud. */
    tried,
    answer,
    partly,
    running,
    failure,
    tooMany,
    confirm: () => void confirm(),
  };
}
export type Step = Omit<ReturnType<typeof useStep>, 'filled' | 'write'>;
