import { IconClock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CaseDetail } from '../../../shared/model/case-view.ts';
import { levelSchema } from '../../../shared/model/codes.ts';
import { consultationsFor, heldAt } from '../../../shared/model/commands/escalate-case.ts';
import { formatDateTime } from '../../../shared/time/shanghai.ts';
import { Moment } from '../../ui/Moment.tsx';
import { useWords } from '../../ui/use-words.ts';
import css from './case-work.module.css';
import { WorkStep } from './WorkStep.tsx';

/** 会商, 提级, 交办: where the case is held, what was consulted at each level, how it climbed and who has it; the forms are opened from here. */
export function CaseWork({ detail, now }: { detail: CaseDetail; now: number }) {
  const t = useWords('climb');
  const { consultations, escalations, assignments, rules } = detail.work;
  const level = heldAt(escalations);
  const { held, needed } = consultationsFor(escalations, consultations, rules);
  const missing = level === 'county' ? 0 : Math.max(0, needed - held);
  const assigned = assignments.find(({ state }) => state === 'open');
  return (
    <section aria-label={t('work.title')} data-testid="case-work" className={css.work}>
      <h3>{t('work.title')}</h3>
      <ol className={css.chain} aria-label={t('heldAt', { level: t(`codes:level.${level}`) })}>
        {levelSchema.options.map((one) => (
          <li key={one} aria-current={one === level ? 'step' : undefined} data-testid={`held-${one}`}>
            {t(`codes:level.${one}`)}{' '}
            <small>
              {one === level && one !== 'county'
                ? t('work.ofNeeded', { held, needed })
                : t('work.held', { n: consultations.filter((meeting) => meeting.level === one).length })}
            </small>
          </li>
        ))}
      </ol>
      {level === 'county' && (
        <p className={css.where} data-testid="case-assignee">
          {assigned ? (
            <>
              {t('work.assignedTo', { name: assigned.assigneeName })} <Pending shown={assigned.pending} />
            </>
          ) : (
            t('work.inbox')
          )}
        </p>
      )}
      <div className={css.steps}>
        <WorkStep name="recordConsultation" detail={detail} />
        {level !== 'county' && (
          <WorkStep
            name="escalateCase"
            detail={detail}
            text={missing > 0 ? t('work.escalateMissing', { missing }) : undefined}
          />
        )}
        {level === 'county' && <WorkStep name={assigned ? 'returnAssignment' : 'assignCase'} detail={detail} />}
        {level !== 'village' && <WorkStep name="returnEscalation" detail={detail} />}
      </div>
      <ol className={css.lines}>
        {[...assignments].reverse().map((one) => (
          <Line key={one.id} testId="assignment" pending={one.pending} at={one.at} now={now} by={one.by}>
            <b>
              {t('codes:command.assignCase')} {one.assigneeName}
            </b>{' '}
            <small>
              {t(`codes:assignmentBasis.${one.basis}`)} · {t(`codes:handoverState.${one.state}`)}
            </small>
            <Words>{one.reason}</Words>
            <Ended of={one} />
          </Line>
        ))}
        {[...escalations].reverse().map((one) => (
          <Line key={one.id} testId="escalation" pending={one.pending} at={one.at} now={now} by={one.by}>
            <b>
              {t('return.fromTo', { from: t(`codes:level.${one.fromLevel}`), to: t(`codes:level.${one.toLevel}`) })}
            </b>{' '}
            <small>{t(`codes:handoverState.${one.state}`)}</small>
            {one.override && <em>{t('work.override', { n: one.consultations })}</em>}
            <Words>{one.reason}</Words>
            <Ended of={one} />
          </Line>
        ))}
        {[...consultations].reverse().map((one) => (
          <Line key={one.id} testId="consultation" pending={one.pending} at={one.heldAt} now={now} by={one.recordedBy}>
            <details className={css.minutes}>
              <summary>
                <b>{t('work.consultedAt', { level: t(`codes:level.${one.level}`) })}</b>{' '}
                <span className={css.open}>{t('work.minutes')}</span>
              </summary>
              <Words>{t('work.participants', { names: one.participants })}</Words>
              <Words>{one.options.map((text, at) => t('work.option', { n: at + 1, text })).join('\n')}</Words>
            </details>
            <Words>{t('work.conclusion', { text: one.conclusion })}</Words>
          </Line>
        ))}
      </ol>
    </section>
  );
}

interface LineProps {
  testId: string;
  pending: boolean;
  at: number;
  now: number;
  by: string;
  children: ReactNode;
}
function Line({ testId, pending, at, now, by, children }: LineProps) {
  return (
    <li data-testid={testId} data-pending={pending}>
      <span className={css.when}>
        <Pending shown={pending} />
        <Moment at={at} now={now} />
        <span className={css.by}>{by}</span>
      </span>
      <div>{children}</div>
    </li>
  );
}

function Words({ children }: { children: string }) {
  return children === '' ? null : <p className={css.words}>{children}</p>;
}

function Ended({ of }: { of: { state: string; endNote: string; endedBy: string | null; endedAt: number | null } }) {
  const t = useWords('climb');
  if (of.endedAt === null) return null;
  const who = t('sentBy', { name: of.endedBy ?? '—', at: formatDateTime(of.endedAt) });
  const state = t(`codes:handoverState.${of.state}`);
  return <p className={css.words}>{[`${state} · ${who}`, of.endNote].filter((part) => part !== '').join('\n')}</p>;
}

function Pending({ shown }: { shown: boolean }) {
  const t = useWords('climb');
  if (!shown) return null;
  return (
    <span className={css.pending} title={t('work.pending')} data-testid="pending-mark">
      <IconClock size={13} aria-label={t('work.pending')} />
    </span>
  );
}
