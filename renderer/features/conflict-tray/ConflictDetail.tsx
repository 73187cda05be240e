import { Button } from '@mantine/core';
import type { Ref } from 'react';
import type { Failure } from '../../../shared/errors.ts';
import type { Conflict } from '../../../shared/model/unsent-view.ts';
import { formatDateTime } from '../../../shared/time/shanghai.ts';
import { caseNo } from '../../data/case-no.ts';
import { CopyableText } from '../../ui/CopyableText.tsx';
import { DialogAlert } from '../../ui/Dialog.tsx';
import { failureText } from '../../ui/failure-text.ts';
import { scrollRole } from '../../ui/grid-roles.ts';
import { useWords } from '../../ui/use-words.ts';
import { byText, placeText, reasonText, valueText } from './conflict-text.ts';
import css from './conflict-tray.module.css';

interface Props {
  conflict: Conflict;
  keepButton: Ref<HTMLButtonElement>;
  keepText: string;
  failure: Failure | null;
  running: boolean;
  onKeep(): void;
  onAccept(): void;
  /** A report goes back into its form. */
  onEdit(): void;
  onOpenCase(): void;
}

/** Both values of one refused command, the reason, and what can be done. */
export function ConflictDetail({
  conflict,
  keepButton,
  keepText,
  failure,
  running,
  onKeep,
  onAccept,
  onEdit,
  onOpenCase,
}: Props) {
  const t = useWords('conflict');
  const reason = reasonText(conflict.reason, t);
  return (
    <section className={css.detail} data-testid="conflict-detail" data-command-id={conflict.id}>
      <div className={css.scroll} {...scrollRole(t('detail'))}>
        <header>
          <h3>{conflict.title ?? t('caseGone')}</h3>
          <p className={css.place}>
            <span>{caseNo(conflict.no ?? '', t)}</span>
            <span>{placeText(conflict, t)}</span>
          </p>
        </header>
        <p className={css.wanted}>
          {t('wanted', {
            operator: conflict.operatorName,
            at: formatDateTime(conflict.issuedAt),
            command: t(`codes:command.${conflict.name}`),
          })}
        </p>
        <div className={css.reason} role="status" data-testid="conflict-reason">
          <b>{reason.title}</b>
          <span>{reason.advice}</span>
        </div>
        <table className={css.values}>
          <thead>
            <tr>
              <th scope="col">{t('column.field')}</th>
              <th scope="col">{t('column.mine')}</th>
              <th scope="col">{t('column.theirs')}</th>
              <th scope="col">{t('column.by')}</th>
            </tr>
          </thead>
          <tbody>
            {conflict.fields.map(({ key, mine, theirs, by }) => (
              <tr key={key} data-testid="conflict-field" data-key={key}>
                <th scope="row">{t(`field.${key}`)}</th>
                <td data-testid="conflict-mine">
                  {mine?.kind === 'text' ? (
                    <CopyableText
                      text={mine.text}
                      label={t('copy')}
                      copiedLabel={t('copied')}
                      testId={key === 'note' || key === 'reason' ? 'conflict-copy' : undefined}
                    />
                  ) : (
                    valueText(mine, t)
                  )}
                </td>
                <td data-testid="conflict-theirs">
                  {theirs === null && key === 'closedAt' ? t('notClosed') : valueText(theirs, t)}
                </td>
                <td data-testid="conflict-by">{byText(by, t)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {failure && (
        <div className={css.failure} data-testid="conflict-failure">
          <DialogAlert>{t('stillRefused', { reason: failureText(failure, t) })}</DialogAlert>
        </div>
      )}
      <footer>
        <Button ref={keepButton} loading={running} onClick={onKeep} data-testid="conflict-keep">
          {keepText}&nbsp;<kbd>1</kbd>
        </Button>
        <Button variant="default" loading={running} onClick={onAccept} data-testid="conflict-accept">
          {t('accept')}&nbsp;<kbd>2</kbd>
        </Button>
        {conflict.report != null && (
          <Button variant="default" onClick={onEdit} data-testid="conflict-edit">
            {t('edit')}&nbsp;<kbd>3</kbd>
          </Button>
        )}
        <Button variant="default" onClick={onOpenCase} disabled={conflict.title === null} data-testid="conflict-open">
          {t('open')}
        </Button>
      </footer>
    </section>
  );
}
