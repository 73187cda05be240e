import type { ReactNode } from 'react';
import type { CaseDetail } from '../../../shared/model/case-view.ts';
import { useRegister } from '../../data/use-register.ts';
import { Moment } from '../../ui/Moment.tsx';
import { absoluteText, dayText } from '../../ui/time.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './case.module.css';
import { DispatchChain } from './DispatchChain.tsx';
import { deadlineFacts, ruleOf } from './deadline-facts.ts';

/** The county's four questions of every case: 信息哪里来, 事项谁处置, 过程谁跟踪, 奖惩怎兑现. */
export function FourQuestions({ detail, now }: { detail: CaseDetail; now: number }) {
  return (
    <dl className={css.questions}>
      <WhereFrom detail={detail} now={now} />
      <WhoHandles detail={detail} />
      <WhoFollows detail={detail} now={now} />
      <WhatFollows detail={detail} now={now} />
    </dl>
  );
}

function Question({ name, children }: { name: string; children: ReactNode }) {
  const t = useWords('case');
  return (
    <div data-testid={`question-${name}`}>
      <dt>{t(`question.${name}`)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function WhereFrom({ detail, now }: { detail: CaseDetail; now: number }) {
  const t = useWords('case');
  const { source, sourceNo, recordedAt, parties } = detail.case;
  const reporter = parties[0];
  return (
    <Question name="from">
      <b>
        {t(`codes:source.${source}`)} · <span title={absoluteText(recordedAt, t)}>{dayText(recordedAt, now)}</span>
      </b>
      <span>{t('from.number', { no: sourceNo === '' ? '—' : sourceNo })}</span>
      {reporter && <span>{t('from.reporter', { name: reporter.name, phone: reporter.phone ?? '' })}</span>}
    </Question>
  );
}

function WhoHandles({ detail }: { detail: CaseDetail }) {
  const t = useWords('case');
  const { townName, villageName, departmentName, responsibles } = detail;
  const { dispatchState, dispatchChain } = detail.case;
  const holders = responsibles.filter(({ personId }) => personId !== null);
  const vacancies = responsibles.length - holders.length;
  return (
    <Question name="handler">
      <b>{townName === null ? t('handler.noPlace') : [townName, villageName].filter(Boolean).join(' › ')}</b>
      <span>
        {t('handler.people', { n: holders.length })}
        {vacancies > 0 && <em className={css.warn}> {t('handler.vacant', { n: vacancies })}</em>}
        {departmentName !== null && ` · ${t('handler.department', { name: departmentName })}`}
      </span>
      <DispatchChain state={dispatchState} chain={dispatchChain} />
    </Question>
  );
}

function WhoFollows({ detail, now }: { detail: CaseDetail; now: number }) {
  const t = useWords('case');
  const { urgeCount, callCount } = detail.case;
  const last = detail.timeline.filter((event) => event.actorName !== null).at(-1);
  return (
    <Question name="follower">
      <b>{last?.actorName ?? t('follower.nobody')}</b>
      {last && (
        <span>
          {t(`eventName.${last.kind}`)} <Moment at={last.at} now={now} />
        </span>
      )}
      <span>{t('follower.counts', { urges: urgeCount, calls: callCount })}</span>
    </Question>
  );
}

function WhatFollows({ detail, now }: { detail: CaseDetail; now: number }) {
  const t = useWords('case');
  const { settings } = useRegister();
  const { dueAt, originalDueAt, deadlineRule } = detail.case;
  const facts = deadlineFacts(detail.case, now, t);
  const rule = ruleOf(settings, deadlineRule);
  const place = detail.villageName ?? detail.townName;
  return (
    <Question name="deadline">
      <b data-tone={facts.tone ?? undefined}>{facts.standing}</b>
      <span>
        <span title={absoluteText(dueAt, t)}>{t('deadline.due', { day: dayText(dueAt, now) })}</span>
        {originalDueAt !== dueAt && (
          <span title={absoluteText(originalDueAt, t)}>
            {' '}
            {t('deadline.original', { day: dayText(originalDueAt, now) })}
          </span>
        )}
      </span>
      <span>
        {t(`codes:deadlineRule.${deadlineRule}`, { defaultValue: deadlineRule })}
        {rule?.basis === 'source' && ` · ${t('deadline.basisSource')}`}
      </span>
      <span>
        {place !== null && (facts.countsAsOverdue ? t('deadline.counts', { place }) : t('deadline.countsNot'))}
        {facts.overdueByOriginal && ` · ${t('deadline.countsByOriginal')}`}
      </span>
      <span className={css.muted}>{t('deadline.scoring')}</span>
    </Question>
  );
}
