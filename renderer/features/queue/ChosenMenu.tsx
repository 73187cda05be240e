import { Menu } from '@mantine/core';
import { useDesk } from '../../data/desk-store.ts';
import { KeyHint } from '../../data/KeyHint.tsx';
import { mayGive } from '../../data/step-rules.ts';
import { oneByOne, type StepName, stepKeys, stepLimit } from '../../data/steps.ts';
import { useStatus } from '../../data/use-status.ts';
import { formatCount } from '../../ui/numbers.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './queue.module.css';

/** Every step that can be given to many, on the chosen rows. What the role may not give is named and says so. */
export function ChosenMenu() {
  const t = useWords('queue');
  const role = useStatus()?.operator?.role;
  const begin = (name: StepName): void => {
    const { chosenIds, set } = useDesk.getState();
    set({ action: { kind: 'step', name, caseIds: [...chosenIds] } });
  };
  const offered = Object.entries<readonly StepName[]>(stepKeys).flatMap(([key, names]) =>
    names.filter((name) => !oneByOne.has(name)).map((name) => ({ key, name })),
  );
  return (
    <Menu withInitialFocusPlaceholder={false} position="bottom-end" withinPortal width={280}>
      <Menu.Target>
        <button type="button" className={css.link} data-testid="chosen-more">
          {t('bar.more')} ▾
        </button>
      </Menu.Target>
      <Menu.Dropdown className={css.menu}>
        <Menu.Label>{t('bar.limit', { n: formatCount(stepLimit) })}</Menu.Label>
        {offered.map(({ key, name }) => {
          const may = role !== undefined && mayGive(name, role);
          return (
            <Menu.Item
              key={name}
              data-testid={`chosen-step-${name}`}
              aria-disabled={!may}
              rightSection={<KeyHint name={key} />}
              onClick={() => may && begin(name)}
            >
              {t(`codes:command.${name}`)}
              {!may && <small>{t('codes:refusal.notPermitted.title')}</small>}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
