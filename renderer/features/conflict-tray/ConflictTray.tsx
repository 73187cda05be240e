import { useCallback, useEffect, useRef, useState } from 'react';
import { useDesk } from '../../data/desk-store.ts';
import { keepDraft } from '../../data/drafts.ts';
import { useHotkeys } from '../../data/hotkeys.ts';
import { keepReport } from '../../data/intake-draft.ts';
import { useCommand } from '../../data/use-command.ts';
import { useQuery } from '../../data/use-query.ts';
import { Dialog, DialogAlert } from '../../ui/Dialog.tsx';
import { failureText } from '../../ui/failure-text.ts';
import { useWords } from '../../ui/use-words.ts';
import { AcceptAll } from './AcceptAll.tsx';
import { Choked } from './Choked.tsx';
import { ConflictDetail } from './ConflictDetail.tsx';
import { ConflictList } from './ConflictList.tsx';
import { chosenAgain } from './choose-again.ts';
import css from './conflict-tray.module.css';

/** Everything a refused command's row and its case could change. */
const watched = ['case', 'caseEvent', 'call', 'person', 'village'];

/** Commands the county server did not accept: what was wanted, what stands, why. Each stays until a person has decided. */
export function ConflictTray({ onOpenCase }: { onOpenCase(caseId: string): void }) {
  const t = useWords('conflict');
  const action = useDesk((desk) => desk.action);
  const set = useDesk((desk) => desk.set);
  const close = useCallback(() => set({ action: null }), [set]);
  useHotkeys('global', { c: () => set({ action: { kind: 'conflicts' } }) });
  const opened = action?.kind === 'conflicts';
  return (
    <Dialog opened={opened} onClose={close} title={t('title')} size={1000} closeLabel={t('close')}>
      {opened && <Conflicts first={action.commandId ?? null} onOpenCase={onOpenCase} />}
    </Dialog>
  );
}

function Conflicts({ first, onOpenCase }: { first: string | null; onOpenCase(caseId: string): void }) {
  const t = useWords('conflict');
  const { data, failure, refresh } = useQuery('conflicts', {}, watched);
  const conflicts = data?.conflicts ?? [];
  const [chosen, setChosen] = useState<string | null>(first);
  // Where the cursor stands when the chosen one is gone: the next one takes its place.
  const place = useRef(0);
  const at = conflicts.findIndex(({ id }) => id === chosen);
  const index = at >= 0 ? at : Math.min(place.current, conflicts.length - 1);
  const current = conflicts[index];
  useEffect(() => {
    place.current = Math.max(0, index);
  }, [index]);
  const list = useRef<HTMLDivElement>(null);
  const keepButton = useRef<HTMLButtonElement>(null);
  const empty = useRef<HTMLParagraphElement>(null);
  const move = (to: number): void => {
    const next = conflicts[Math.max(0, Math.min(conflicts.length - 1, to))];
    if (next) setChosen(next.id);
    list.current?.focus();
  };

  const again = current ? chosenAgain(current) : null;
  const keeping = useCommand('resendRejected');
  const accepting = useCommand('dismissRejected');
  // The refusal of the rules belongs to the command it was asked for.
  const [asked, setAsked] = useState<string | null>(null);
  const settled = (): void => {
    setAsked(null);
    refresh();
    // The buttons are gone with what they decided: the keyboard goes on in the list.
    list.current?.focus();
  };
  const keep = async (): Promise<void> => {
    if (!current || keeping.running) return;
    if (again) {
      const { note, ...urging } = again;
      if (note !== '') keepDraft(`urge:${current.caseId}`, note);
      return useDesk.getState().set({ action: { kind: 'urge', ...urging } });
    }
    setAsked(current.id);
    if (await keeping.run({ commandId: current.id })) settled();
  };
  const accept = async (ids: string[]): Promise<void> => {
    if (ids.length === 0 || accepting.running) return;
    if (await accepting.run({ commandIds: ids })) settled();
  };
  const edit = (): void => {
    if (current?.report != null && keepReport(current.report, current.id))
      useDesk.getState().set({ action: { kind: 'intake' } });
  };
  const loaded = data !== null;
  const none = loaded && conflicts.length === 0;
  useEffect(() => {
    // The dialog is there before its contents: they take the focus when they come.
    if (none) empty.current?.focus();
    else if (loaded) list.current?.focus();
  }, [loaded, none]);
  useHotkeys('dialog', {
    ArrowDown: () => move(index + 1),
    ArrowUp: () => move(index - 1),
    j: () => move(index + 1),
    k: () => move(index - 1),
    Home: () => move(0),
    End: () => move(conflicts.length - 1),
    Enter: () => keepButton.current?.focus(),
    '1': () => void keep(),
    '2': () => void accept(current ? [current.id] : []),
    '3': edit,
  });

  if (failure && data === null) return <DialogAlert>{failureText(failure, t)}</DialogAlert>;
  if (data === null) return null;
  const refused = asked === current?.id ? keeping.failure : null;
  return (
    <div className={css.tray} data-testid="rejected-tray">
      <Choked choked={data.choked} onOpenCase={onOpenCase} />
      {none && (
        <p className={css.empty} ref={empty} tabIndex={-1}>
          {t('empty')}
          <span>{t('emptyHint')}</span>
        </p>
      )}
      {current && (
        <>
          <div className={css.panes}>
            <ConflictList ref={list} conflicts={conflicts} current={current.id} onChoose={setChosen} />
            <ConflictDetail
              key={current.id}
              conflict={current}
              keepButton={keepButton}
              keepText={t(again ? 'choose' : 'keep')}
              failure={refused ?? accepting.failure}
              running={keeping.running || accepting.running}
              onKeep={() => void keep()}
              onAccept={() => void accept([current.id])}
              onEdit={edit}
              onOpenCase={() => onOpenCase(current.caseId)}
            />
          </div>
          <AcceptAll conflicts={conflicts} total={data.total} onAccept={(ids) => void accept(ids)} />
        </>
      )}
    </div>
  );
}
