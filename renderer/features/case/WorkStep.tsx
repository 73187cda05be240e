import { Button } from '@mantine/core';
import type { CaseDetail } from '../../../shared/model/case-view.ts';
import { useDesk } from '../../data/desk-store.ts';
import { KeyHint } from '../../data/KeyHint.tsx';
import { refusalBefore } from '../../data/step-rules.ts';
import { keyOfStep, type StepName } from '../../data/steps.ts';
import { useSurroundings } from '../../data/use-surroundings.ts';
import { say } from '../../ui/Notice.tsx';
import { refusalText } from '../../ui/refusal-text.ts';
import { useWords } from '../../ui/use-words.ts';

/** Opens a step's form; where the rules or the role do not allow it, it says why instead. */
export function WorkStep({ name, detail, text }: { name: StepName; detail: CaseDetail; text?: string | undefined }) {
  const t = useWords('climb');
  const around = useSurroundings();
  if (around === null) return null;
  const refusal = refusalBefore(detail, name, around);
  const said = refusal === null ? undefined : refusalText(refusal, t);
  return (
    <Button
      variant="default"
      size="compact-sm"
      data-testid={`work-${name}`}
      aria-disabled={refusal !== null}
      title={said}
      onClick={() =>
        said === undefined
          ? useDesk.getState().set({ action: { kind: 'step', name, caseIds: [detail.case.id] } })
          : say(said)
      }
    >
      {text ?? t(`codes:command.${name}`)}&nbsp;
      <KeyHint name={keyOfStep(name) ?? ''} />
    </Button>
  );
}
