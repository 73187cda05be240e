import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type PeriodKey, useDesk } from '../data/desk-store.ts';
import { useHotkeys } from '../data/hotkeys.ts';
import { useCommand } from '../data/use-command.ts';
import { useStatus } from '../data/use-status.ts';
import { SearchBox } from '../features/search/SearchBox.tsx';
import { Breadcrumb } from './Breadcrumb.tsx';
import css from './shell.module.css';
import { useShell } from './workspaces.ts';

const periods: readonly PeriodKey[] = ['today', 'week', 'month', 'statYear', 'all'];

export function TopBar() {
  const workspace = useShell((state) => state.workspace);
  const { t } = useTranslation('app');
  return (
    <header className={css.top}>
      {workspace === 'desk' ? (
        <>
          <h1 className="visually-hidden">{t('workspace.desk')}</h1>
          <Breadcrumb />
          <Periods />
          <div className={css.search}>
            <SearchBox />
          </div>
        </>
      ) : (
        <h1 className={css.topTitle}>{t(`workspace.${workspace}`)}</h1>
      )}
      <OperatorMenu />
    </header>
  );
}

function Periods() {
  const { t } = useTranslation('app');
  const periodKey = useDesk((desk) => desk.periodKey);
  const choose = (key: PeriodKey): void => useDesk.getState().narrow({ periodKey: key });
  useHotkeys('desk', Object.fromEntries(periods.map((key, index) => [`Alt+${index + 1}`, () => choose(key)])));
  return (
    <fieldset className={css.segment} aria-label={t('period.label')}>
      {periods.map((key, index) => (
        <button
          key={key}
          type="button"
          data-testid={`period-${key}`}
          aria-pressed={periodKey === key}
          title={`Alt+${index + 1}`}
          onClick={() => choose(key)}
        >
          {t(`period.${key}`)}
        </button>
      ))}
    </fieldset>
  );
}

function OperatorMenu() {
  const { t } = useTranslation(['app', 'codes']);
  const operator = useStatus()?.operator;
  const { run } = useCommand('signOut');
  if (!operator) return <span className={css.operator}>{t('app:operator.none')}</span>;
  return (
    <Menu position="bottom-end" width={180} shadow="none">
      <Menu.Target>
        <button
          type="button"
          className={css.operator}
          data-testid="operator"
          aria-label={`${t('app:operator.menu')} ${operator.name}`}
        >
          <span>{t(`codes:role.${operator.role}`)} </span>
          <b>{operator.name}</b>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{operator.username}</Menu.Label>
        <Menu.Item onClick={() => void run({})} data-testid="sign-out">
          {t('app:operator.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
