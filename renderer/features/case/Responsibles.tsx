import { ActionIcon } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import type { CaseDetail, Responsible } from '../../../shared/model/case-view.ts';
import { useDesk } from '../../data/desk-store.ts';
import { Moment } from '../../ui/Moment.tsx';
import { useWords } from '../../ui/use-words.ts';
import css from './case.module.css';
import { MessageState } from './MessageState.tsx';

/** The village's 3+N: who, by what number, what last reached them. A required post that nobody holds is shown as such. */
export function Responsibles({ detail, now }: { detail: CaseDetail; now: number }) {
  const t = useWords('case');
  return (
    <section aria-label={t('responsibles.title')}>
      <h3 className={css.heading}>{t('responsibles.title')}</h3>
      {detail.responsibles.length === 0 && <p className={css.muted}>{t('responsibles.none')}</p>}
      <ul className={css.people}>
        {detail.responsibles.map((person) => (
          <li
            key={`${person.postKind}-${person.rank}-${person.personId ?? 'vacant'}`}
            data-testid={`responsible-${person.postKind}`}
          >
            <span className={css.post}>{t(`codes:postKind.${person.postKind}`)}</span>
            {person.personId === null ? (
              <em className={css.warn}>{t('responsibles.vacant')}</em>
            ) : (
              <Holder person={person} personId={person.personId} detail={detail} now={now} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface HolderProps {
  person: Responsible;
  personId: string;
  detail: CaseDetail;
  now: number;
}
function Holder({ person, personId, detail, now }: HolderProps) {
  const t = useWords('case');
  const set = useDesk((desk) => desk.set);
  const { lastMessage, lastCall } = person;
  const name = person.name ?? '';
  return (
    <>
      <span className={css.person}>
        <span>
          {name} <span className={css.muted}>{person.phone ?? t('responsibles.noPhone')}</span>
        </span>
        <span className={css.last}>
          {lastMessage && <MessageState message={lastMessage} />}
          {lastCall && (
            <span>
              {t(`codes:callOutcome.${lastCall.outcome}`)} <Moment at={lastCall.startedAt} now={now} />
            </span>
          )}
          {lastCall?.outcome === 'unrecorded' && (
            <button
              type="button"
              className={css.link}
              onClick={() => set({ action: { kind: 'call', caseId: detail.case.id, personId, callId: lastCall.id } })}
            >
              {t('responsibles.record')}
            </button>
          )}
          {!lastMessage && !lastCall && <span>{t('responsibles.untouched')}</span>}
        </span>
      </span>
      <ActionIcon
        variant="subtle"
        disabled={!person.dialable}
        aria-label={t('responsibles.dial', { name })}
        title={person.dialable ? t('responsibles.dial', { name }) : t('responsibles.undialable')}
        onClick={() => set({ action: { kind: 'call', caseId: detail.case.id, personId } })}
      >
        <IconPhone size={16} />
      </ActionIcon>
    </>
  );
}
