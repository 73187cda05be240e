import { useCallback } from 'react';
import { useDesk } from '../../data/desk-store.ts';
import { useHotkeys } from '../../data/hotkeys.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useWords } from '../../ui/use-words.ts';
import { IntakeForm } from './IntakeForm.tsx';

/** 录入: key I. A click beside it leaves it open: there may be a caller on the line. */
export function IntakeDialog() {
  const t = useWords('intake');
  const action = useDesk((desk) => desk.action);
  const set = useDesk((desk) => desk.set);
  const close = useCallback(() => set({ action: null }), [set]);
  useHotkeys('desk', { i: () => set({ action: { kind: 'intake' } }) });
  const opened = action?.kind === 'intake';
  return (
    <Dialog opened={opened} onClose={close} title={t('title')} size={1120} closeLabel={t('close')} holdsClicks>
      {opened && (
        <IntakeForm
          onClose={close}
          onRecorded={(caseId) => set({ action: null, openCaseId: caseId, focusedCaseId: caseId })}
          onOpenCase={(caseId) => set({ action: null, openCaseId: caseId, focusedCaseId: caseId })}
        />
      )}
    </Dialog>
  );
}
