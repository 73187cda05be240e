import { Failure } from '../../../shared/errors.ts';
import { now } from '../../data/clock.ts';
import { useDesk } from '../../data/desk-store.ts';
import { useHotkeys } from '../../data/hotkeys.ts';
import { chooseFor } from '../../data/step-choice.ts';
import { type StepName, stepKeys } from '../../data/steps.ts';
import { targetsOf } from '../../data/targets.ts';
import { useSurroundings } from '../../data/use-surroundings.ts';
import { failureText } from '../../ui/failure-text.ts';
import { say } from '../../ui/Notice.tsx';
import { refusalText } from '../../ui/refusal-text.ts';
import { useWords } from '../../ui/use-words.ts';

/** One key a step, on the chosen rows, the open case or the focused row. What stands in the way of a single case is said at once. */
export function useStepKeys(): void {
  const t = useWords('steps');
  const around = useSurroundings();
  const begin = async (names: readonly StepName[]): Promise<void> => {
    const { chosenIds, openCaseId, focusedCaseId, set } = useDesk.getState();
    const caseIds = targetsOf(chosenIds, openCaseId, focusedCaseId);
    if (caseIds.length === 0) return say(t('noTarget'));
    if (around === null) return;
    try {
      const meant = await chooseFor(names, caseIds, { ...around, at: now() });
      // Whatever was opened meanwhile stays.
      if (meant === null || useDesk.getState().action !== null) return;
      if (meant.refusal !== null) say(refusalText(meant.refusal, t));
      else set({ action: { kind: 'step', name: meant.name, caseIds } });
    } catch (error) {
      say(failureText(error instanceof Failure ? error : new Failure('internal', String(error)), t));
    }
  };
  useHotkeys(
    'desk',
    Object.fromEntries(
      Object.entries<readonly StepName[]>(stepKeys).map(([key, names]) => [key, () => void begin(names)]),
    ),
  );
}
