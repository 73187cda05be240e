import type { CaseDetail } from '../../../shared/model/case-view.ts';
import { formatDateTime } from '../../../shared/time/shanghai.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './compare.module.css';

/** Two cases beside each other, fact by fact: which goes on and which goes into it. */
export function CompareCases({ one, into }: { one: CaseDetail; into: CaseDetail }) {
  const t = useWords('climb');
  const facts: readonly (readonly [name: string, of: (detail: CaseDetail) => string])[] = [
    ['no', ({ case: { no } }) => no],
    ['title', ({ case: { title } }) => title],
    ['recorded', ({ case: { recordedAt } }) => formatDateTime(recordedAt)],
    [
      'source',
      ({ case: { source, category } }) => [t(`codes:source.${source}`), t(`codes:category.${category}`)].join(' · '),
    ],
    ['place', (detail) => [detail.townName, detail.villageName].filter((name) => name !== null).join(' › ') || '—'],
    ['address', ({ case: { address } }) => address || '—'],
    [
      'parties',
      ({ case: { parties } }) =>
        parties.map(({ name, phone }) => [name, phone].filter(Boolean).join(' ')).join(t('compare.nextParty')) || '—',
    ],
    ['state', ({ case: found }) => t(found.closedAt === null ? 'compare.open' : 'compare.closed')],
    ['detail', ({ case: { detail } }) => detail || '—'],
  ];
  return (
    <table className={css.compare} data-testid="compare-cases">
      <thead>
        <tr>
          <td />
          <th scope="col">{t('compare.goes')}</th>
          <th scope="col">{t('compare.stays')}</th>
        </tr>
      </thead>
      <tbody>
        {facts.map(([name, of]) => (
          <tr key={name}>
            <th scope="row">{t(`compare.${name}`)}</th>
            <td data-same={of(one) === of(into) || undefined}>{of(one)}</td>
            <td data-same={of(one) === of(into) || undefined}>{of(into)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
