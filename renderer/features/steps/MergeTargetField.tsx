import { useState } from 'react';
import type { CaseRow } from '../../../shared/model/case-view.ts';
import type { Likeness } from '../../../shared/model/similar-cases.ts';
import { useNow } from '../../data/clock.ts';
import { rowsOf } from '../../data/use-case-rows.ts';
import { useQuery } from '../../data/use-query.ts';
import { dayText } from '../../ui/time.ts';
import { useWords } from '../../ui/use-words.ts';
import { likenessText } from './likeness-text.ts';
import { PickField } from './PickField.tsx';
import css from './pick-field.module.css';

interface Props {
  caseIds: readonly string[];
  chosen: string;
  /** `why`: what they have in common, in words; empty for a case that was looked for. */
  onChoose(caseId: string, why: string): void;
  onConfirm(): void;
}
interface Offer {
  row: CaseRow;
  likeness: Likeness | null;
}

/** The case that goes on: what is alike, or of several cases these themselves, stands first; any other by its number or words. */
export function MergeTargetField({ caseIds, chosen, onChoose, onConfirm }: Props) {
  const t = useWords('climb');
  const now = useNow();
  const [text, setText] = useState('');
  const asked = text.trim();
  const [only] = caseIds.length === 1 ? caseIds : [];
  const similar = useQuery('similarCases', only === undefined ? null : { caseId: only }, ['case']);
  const own = useQuery('openList', only === undefined ? rowsOf(caseIds) : null, []);
  const { filter, sort } = rowsOf([]);
  const search = { filter: { ...filter, text: asked, caseIds: null }, sort, limit: 20 };
  const found = useQuery('openList', asked === '' ? null : search, []);
  const proposed: Offer[] =
    only === undefined ? (own.data?.rows.map((row) => ({ row, likeness: null })) ?? []) : proposalsOf(similar.data);
  const offers: Offer[] =
    asked === ''
      ? proposed
      : (found.data?.rows ?? [])
          .filter(({ id }) => id !== only)
          .map((row) => ({ row, likeness: proposed.find((one) => one.row.id === row.id)?.likeness ?? null }));
  const why = ({ likeness }: Offer) => (likeness === null ? '' : likenessText(likeness, t));
  const nothing = asked === '' && only !== undefined && similar.data?.proposals.length === 0;
  return (
    <>
      <PickField<Offer>
        label={t('merge.into')}
        placeholder={t('merge.search')}
        testId="merge-target"
        none={t('merge.none')}
        chosen={chosen}
        text={text}
        onText={setText}
        offers={offers}
        loading={found.loading}
        keyOf={({ row }) => row.id}
        draw={(offer) => (
          <>
            <b>{offer.row.title}</b>
            <span>
              {offer.row.no} · {offer.row.villageName ?? offer.row.townName ?? ''} ·{' '}
              {dayText(offer.row.recordedAt, now)}
            </span>
            {offer.likeness !== null && <em className={css.proposed}>{why(offer)}</em>}
          </>
        )}
        onChoose={(offer) => onChoose(offer.row.id, why(offer))}
        onConfirm={onConfirm}
      />
      {nothing && <p className={css.none}>{t('merge.nothingAlike')}</p>}
    </>
  );
}

function proposalsOf(data: { proposals: Offer[] } | null): Offer[] {
  return data?.proposals ?? [];
}
