import type { CaseDetail } from '../../../shared/model/case-view.ts';
import { useRegister } from '../../data/use-register.ts';
import { Moment } from '../../ui/Moment.tsx';
import { useWords } from '../../ui/use-words.ts';
import css from './case.module.css';

/** What the case is about: text, address, parties (masked by role), and the boards it stands on. */
export function CaseFacts({ detail, now }: { detail: CaseDetail; now: number }) {
  const t = useWords('case');
  const { campaigns } = useRegister();
  const one = detail.case;
  const tags = [
    ...one.campaigns.map((id) => campaigns.find((campaign) => campaign.id === id)?.name ?? id),
    ...(one.petitionKind === null ? [] : [t(`codes:petitionKind.${one.petitionKind}`)]),
    ...(one.petitionBatch === null ? [] : [t(`codes:petitionBatch.${one.petitionBatch}`)]),
  ];
  return (
    <section aria-label={t('facts.title')}>
      <h3 className={css.heading}>{t('facts.title')}</h3>
      <p className={css.detail}>{one.detail === '' ? t('facts.noDetail') : one.detail}</p>
      <dl className={css.facts}>
        <dt>{t('facts.category')}</dt>
        <dd>{t(`codes:category.${one.category}`)}</dd>
        <dt>{t('facts.address')}</dt>
        <dd>
          {one.address === '' ? '—' : one.address}
          {one.positionKind !== null && (
            <span className={css.muted}> {t(`codes:positionKind.${one.positionKind}`)}</span>
          )}
        </dd>
        <dt>{t('facts.parties')}</dt>
        <dd>
          {one.parties.map(({ name, phone }) => [name, phone].filter(Boolean).join(' ')).join(t('facts.nextParty')) ||
            '—'}
        </dd>
        <dt>{t('facts.level')}</dt>
        <dd>{t(`codes:level.${one.level}`)}</dd>
        {one.highRisk && (
          <>
            <dt>{t('facts.risk')}</dt>
            <dd className={css.risk}>{one.riskReason ?? t('facts.noReason')}</dd>
          </>
        )}
        {one.calledBackAt !== null && one.callbackResult !== null && (
          <>
            <dt>{t('facts.callback')}</dt>
            <dd>
              {t(`codes:callbackResult.${one.callbackResult}`)} <Moment at={one.calledBackAt} now={now} />
            </dd>
          </>
        )}
        {tags.length > 0 && (
          <>
            <dt>{t('facts.tags')}</dt>
            <dd>{tags.join(t('facts.and'))}</dd>
          </>
        )}
      </dl>
    </section>
  );
}
