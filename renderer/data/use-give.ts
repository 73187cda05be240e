import { useCallback } from 'react';
import type { StepArgs, StepName } from './steps.ts';
import { useCommand } from './use-command.ts';

/** Gives one step to one case or many. `give` resolves to null after a failure, which stays in `failure` until the next time. */
export function useGive<N extends StepName>(name: N) {
  const { run, running, failure } = useCommand('give');
  const give = useCallback(
    (caseIds: readonly string[], args: StepArgs<N>) => run({ caseIds: [...caseIds], name, args }),
    [run, name],
  );
  return { give, running, failure };
}
