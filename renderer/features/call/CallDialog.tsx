import { useCallback, useState } from 'react';
import { useDesk } from '../../data/desk-store.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { say } from '../../ui/Notice.tsx';
import { useWords } from '../../ui/use-words.ts';
import { CallForm } from './CallForm.tsx';

/** 一键拨号. Shows itself when the desk is about to call; says afterwards when the outcome is not on record; the undo notice says when it is. */
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
  return (
    <Dialog opened={call !== null} onClose={leave} size={520} title={t('title')} closeLabel={t('close')} holdsClicks>
      {call && (
        <CallForm
          key={`${call.caseId}:${call.personId ?? ''}:${call.callId ?? ''}`}
          action={call}
          onOpen={setOpen}
          onLeave={leave}
          onSaved={() => close(null)}
        />
      )}
    </Dialog>
  );
}
