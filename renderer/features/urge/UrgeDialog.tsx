import { useCallback } from 'react';
import { useDesk } from '../../data/desk-store.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { say } from '../../ui/Notice.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { useWords } from '../../ui/use-words.ts';
import { UrgeForm } from './UrgeForm.tsx';

/** 一键催办 of one or many. Shows itself when the desk is about to urge; what came of it is said in a line afterwards. */
export function UrgeDialog() {
  const t = useWords('urge');
  const action = useDesk((desk) => desk.action);
  const set = useDesk((desk) => desk.set);
  const urging = action?.kind === 'urge' ? action : null;
  const caseIds = urging?.caseIds ?? null;
  const instead = urging?.instead;
  // Whoever came from the tray has still to decide there.
  const close = useCallback(
    () => set({ action: instead ? { kind: 'conflicts', commandId: instead.commandId } : null }),
    [set, instead],
  );
  return (
    <Dialog
      opened={caseIds !== null}
      onClose={close}
      size={620}
      title={caseIds && t(caseIds.length === 1 ? 'title.one' : 'title.many', { n: formatCount(caseIds.length) })}
      closeLabel={t('close')}
    >
      {caseIds && (
        <UrgeForm
          key={caseIds.join()}
          caseIds={caseIds}
          instead={instead}
          onClose={close}
          onSent={({ cases, messages, held }) => {
            // What can be taken back is said with its undo.
            if (!held) say(t('sent', { cases: formatCount(cases), messages: formatCount(messages) }));
            set({ action: null, chosenIds: new Set() });
          }}
        />
      )}
    </Dialog>
  );
}
