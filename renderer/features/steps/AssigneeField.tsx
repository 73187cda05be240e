import { useState } from 'react';
import type { QueryResult } from '../../../shared/ipc/contract.ts';
import type { Assignment } from '../../../shared/model/assignment.ts';
import { useQuery } from '../../data/use-query.ts';
import { useWords } from '../../ui/use-words.ts';
import { PickField } from './PickField.tsx';
import css from './pick-field.module.css';

interface Assignee {
  kind: Assignment['kind'];
  id: string;
  basis: Assignment['basis'];
}
interface Props {
  caseId: string;
  chosen: Assignee | null;
  onChoose(assignee: Assignee): void;
  onConfirm(): void;
}
type Offer = Assignee & { name: string; more: string };

const tables = ['case', 'village', 'department', 'person', 'post'];

/** Whom a case is given to: what the register's links propose stands first, with the link; the rest by characters, pinyin or initials. */
export function AssigneeField({ caseId, chosen, onChoose, onConfirm }: Props) {
  const t = useWords('climb');
  const [text, setText] = useState('');
  const found = useQuery('assignees', { caseId, text: text.trim() }, tables);
  const all = useQuery('assignees', { caseId, text: '' }, tables).data;
  const known = all === null ? [] : offersOf(all, true);
  const name = chosen && known.find(({ kind, id }) => kind === chosen.kind && id === chosen.id)?.name;
  return (
    <PickField<Offer>
      label={t('assign.to')}
      placeholder={t('assign.search')}
      testId="assignee"
      none={t('assign.none')}
      chosen={
        chosen === null
          ? t('assign.notChosen')
          : t('assign.chosen', { name: name ?? '', basis: t(`codes:assignmentBasis.${chosen.basis}`) })
      }
      text={text}
      onText={setText}
      offers={found.data === null ? [] : offersOf(found.data, text.trim() !== '')}
      loading={found.loading}
      keyOf={({ kind, id, basis }) => `${kind}-${id}-${basis}`}
      draw={(offer) => (
        <>
          <b>{offer.name}</b>
          {offer.basis === 'chosen' ? (
            <span>{offer.more === '' ? t(`codes:assigneeKind.${offer.kind}`) : offer.more}</span>
          ) : (
            <em className={css.proposed}>
              {t('assign.proposed', {
                village: all?.villageName ?? '',
                basis: t(`codes:assignmentBasis.${offer.basis}`),
              })}
            </em>
          )}
        </>
      )}
      onChoose={({ kind, id, basis }) => onChoose({ kind, id, basis })}
      onConfirm={onConfirm}
    />
  );
}

/** Without words the proposals and the departments; with words, or for a name, everybody who holds them, the proposed first and never twice. */
function offersOf(data: QueryResult<'assignees'>, everybody: boolean): Offer[] {
  const { suggested, departments, leaders } = data;
  const others = [
    ...departments.map(({ id, name }): Offer => ({ kind: 'department', id, name, basis: 'chosen', more: '' })),
    ...leaders.map(
      ({ id, name, title, villages }): Offer => ({
        kind: 'leader',
        id,
        name,
        basis: 'chosen',
        more: [title, ...villages].filter((part) => part !== '').join(' · '),
      }),
    ),
  ];
  const among = (of: readonly Assignee[], { kind, id }: Assignee) =>
    of.some((one) => one.kind === kind && one.id === id);
  const proposed = suggested.filter((one) => among(others, one)).map((one): Offer => ({ ...one, more: '' }));
  return [...proposed, ...others.filter((one) => !among(proposed, one) && (everybody || one.kind === 'department'))];
}
