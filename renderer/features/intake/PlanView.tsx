import type { QueryResult } from '../../../shared/ipc/contract.ts';
import { formatDateTime } from '../../../shared/time/shanghai.ts';
import { caseNo } from '../../data/case-no.ts';
import type { IntakeDraft } from '../../data/intake-draft.ts';
import { useRegister } from '../../data/use-register.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './intake.module.css';

interface Props {
  plan: QueryResult<'intakePlan'> | null;
  draft: IntakeDraft;
  onOpenCase(caseId: string): void;
}

/** What the rules make of it: village and the chain of reasons, deadline, and the case that the number has already. */
export function PlanView({ plan, draft, onOpenCase }: Props) {
  const t = useWords('intake');
  const { towns, villages } = useRegister();
  if (!plan) return null;
  const { deadline, known } = plan;
  const village = plan.villageCode === null ? undefined : villages.get(plan.villageCode);
  const place = village && `${towns.get(village.townCode)?.name ?? ''} › ${village.name}`;
  return (
    <section className={css.plan} aria-label={t('plan.title')} data-testid="intake-plan">
      <h3>{t('plan.title')}</h3>
      {known && (
        <p className={css.warn} role="alert" data-testid="intake-known">
          {t('plan.known', { no: caseNo(known.no, t), title: known.title })}{' '}
          <button type="button" className={css.link} onClick={() => onOpenCase(known.id)}>
            {t('plan.open')}
          </button>
        </p>
      )}
      <dl>
        <dt>{t('plan.village')}</dt>
        <dd data-testid="intake-plan-village">{place ?? t('plan.pending')}</dd>
        <dt>{t('plan.why')}</dt>
        <dd>
          <ol>
            {plan.chain.map((step) => (
              <li key={step.step}>
                {t(`codes:dispatchStep.${step.step}`)} · {t(`codes:dispatchOutcome.${step.outcome}`)}
                {step.evidence !== '' && (
                  <span> {t(`case:dispatch.looked.${step.step}`, { evidence: step.evidence })}</span>
                )}
              </li>
            ))}
          </ol>
        </dd>
        <dt>{t('plan.due')}</dt>
        <dd data-testid="intake-plan-due">
          {draft.source === null
            ? t('plan.dueLater')
            : `${formatDateTime(deadline.dueAt)} · ${t(`codes:deadlineRule.${deadline.ruleId}`, {
                defaultValue: t(deadline.working ? 'plan.workingDays' : 'plan.days', { n: deadline.days }),
              })}`}
          {deadline.uncoveredYears.length > 0 && (
            <p className={css.warn}>{t('plan.uncovered', { years: deadline.uncoveredYears.join(', ') })}</p>
          )}
        </dd>
      </dl>
    </section>
  );
}
