import { Menu } from '@mantine/core';
import { caseSortSchema } from '../../../shared/model/case-filter.ts';
import { useDesk } from '../../data/desk-store.ts';
import { KeyHint } from '../../data/KeyHint.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { useWords } from '../../ui/use-words.ts';
import { ChosenMenu } from './ChosenMenu.tsx';
import css from './queue.module.css';
import type { List } from './use-list.ts';
import { WorkFacets } from './WorkFacets.tsx';

/** How many there are, or how many are chosen and what can be done with them; and the order. Of one height, so that nothing jumps. */
export function QueueBar({ list }: { list: List }) {
  const t = useWords('queue');
  const chosenIds = useDesk((desk) => desk.chosenIds);
  const sort = useDesk((desk) => desk.sort);
  const set = useDesk((desk) => desk.set);
  // Before the first answer there is no number, and a zero would be one.
  const { listId, counting } = list.snapshot;
  const total = listId === null ? '—' : counting ? t('bar.counting') : formatCount(list.snapshot.total);
  return (
    <div className={css.bar}>
      {chosenIds.size === 0 ? (
        <>
          <span>
            {t('bar.total')} <span data-testid="queue-total">{total}</span> {t('bar.unit')}
          </span>
          <WorkFacets />
          <button
            type="button"
            className={css.link}
            data-testid="queue-intake"
            onClick={() => set({ action: { kind: 'intake' } })}
          >
            {t('bar.intake')} <KeyHint name="i" />
          </button>
        </>
      ) : (
        <>
          <span className={css.chosen} data-testid="queue-chosen" role="status">
            {t('bar.chosen', { n: formatCount(chosenIds.size), total })}
          </span>
          <button
            type="button"
            className={css.link}
            onClick={() => set({ action: { kind: 'urge', caseIds: [...chosenIds] } })}
          >
            {t('action.urge')} <KeyHint name="u" />
          </button>
          <ChosenMenu />
          <button type="button" className={css.link} onClick={() => set({ chosenIds: new Set() })}>
            {t('bar.clear')} <kbd>Esc</kbd>
          </button>
        </>
      )}
      <Menu withInitialFocusPlaceholder={false} position="bottom-end" withinPortal>
        <Menu.Target>
          <button type="button" className={css.link} data-testid="queue-sort">
            {t(`sort.${sort}`)} ▾
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup
            value={sort}
            onChange={(value) => {
              const parsed = caseSortSchema.safeParse(value);
              if (parsed.success) set({ sort: parsed.data });
            }}
          >
            {caseSortSchema.options.map((option) => (
              <Menu.RadioItem key={option} value={option}>
                {t(`sort.${option}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
