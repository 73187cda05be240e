import type { Choked as ChokedCommand } from '../../../shared/model/unsent-view.ts';
import { formatDateTime } from '../../../shared/time/shanghai.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './conflict-tray.module.css';

/** What the server cannot handle for now: nothing is lost and nothing is to be done, but it is said. */
export function Choked({ choked, onOpenCase }: { choked: readonly ChokedCommand[]; onOpenCase(caseId: string): void }) {
  const t = useWords('conflict');
  if (choked.length === 0) return null;
  return (
    <section className={css.choked} aria-label={t('choked.title')}>
      <h3>{t('choked.title')}</h3>
      <p>{t('choked.hint')}</p>
      <ul>
        {choked.map(({ id, caseId, title, no, name, chokedAt, behind }) => (
          <li key={id} data-testid="choked-item" data-command-id={id}>
            <button type="button" className={css.case} onClick={() => onOpenCase(caseId)}>
              {title ?? no ?? caseId}
            </button>
            <span>{no}</span>
            <span>{t(`codes:command.${name}`)}</span>
            <span>{t('choked.last', { at: formatDateTime(chokedAt) })}</span>
            {behind > 0 && <span>{t('choked.behind', { n: behind })}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
