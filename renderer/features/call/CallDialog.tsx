import { Modal } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useDesk } from '../../data/desk-store.ts';
import { say } from '../../ui/Notice.tsx';
import { useDialogEscape } from '../../ui/use-dialog-escape.ts';
import { useWords } from '../../ui/use-words.ts';
import { CallForm } from './CallForm.tsx';

/** 一键拨号. Shows itself when the desk is about to call; says afterwards whether the outcome is on record. */
export function CallDialog() {
  const t = useWords('call');
  const action = useDesk((desk) => desk.action);
  const set = useDesk((desk) => desk.set);
  // Whether a call stands without its outcome: closing then says so.
  const [open, setOpen] = useState(false);
  const call = action?.kind === 'call' ? action : null;
  const close = useCallback(
    (message: string | null) => {
      if (message !== null) say(message);
      setOpen(false);
      set({ action: null });
    },
    [set],
  );
  const leave = () => close(open ? t('left') : null);
  useDialogEscape(call !== null, leave);
  return (
    <Modal
      opened={call !== null}
      onClose={leave}
      closeOnEscape={false}
      size={520}
      transitionProps={{ duration: 0 }}
      title={t('title')}
      closeButtonProps={{ 'aria-label': t('close') }}
      closeOnClickOutside={false}
    >
      {call && (
        <CallForm
          key={`${call.caseId}:${call.personId ?? ''}:${call.callId ?? ''}`}
          action={call}
          onOpen={setOpen}
          onLeave={leave}
          onSaved={() => close(t('saved'))}
        />
      )}
    </Modal>
  );
}
