import { type Ref, useEffect } from 'react';
import type { Conflict } from '../../../shared/model/unsent-view.ts';
import { formatDateTime } from '../../../shared/time/shanghai.ts';
import { listboxRole, optionRole } from '../../ui/grid-roles.ts';
import { useWords } from '../../ui/use-words.ts';
import { reasonText } from './conflict-text.ts';
import css from './conflict-tray.module.css';

interface Props {
  ref: Ref<HTMLDivElement>;
  conflicts: readonly Conflict[];
  current: string;
  onChoose(id: string): void;
}

const domId = (id: string) => `conflict-${id}`;

/** One line a command: what, on which case, why not. The list has the focus, a line the cursor. */
export function ConflictList({ ref, conflicts, current, onChoose }: Props) {
  const t = useWords('conflict');
  useEffect(() => {
    document.getElementById(domId(current))?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <div ref={ref} className={css.list} data-autofocus {...listboxRole(t('title'), domId(current))}>
      {conflicts.map(({ id, title, no, name, issuedAt, reason, caseId }) => (
        <div
          key={id}
          id={domId(id)}
          className={css.item}
          data-testid="rejected-item"
          data-command-id={id}
          {...optionRole(id === current, () => onChoose(id))}
        >
          <b>{title ?? no ?? caseId}</b>
          <span>
            {t(`codes:command.${name}`)} <time>{formatDateTime(issuedAt)}</time>
          </span>
          <em>{reasonText(reason, t).title}</em>
        </div>
      ))}
    </div>
  );
}
