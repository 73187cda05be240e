import {
  IconAdjustmentsHorizontal,
  IconChartBar,
  IconClockCheck,
  IconListDetails,
  IconMapPin,
  IconPresentation,
  IconStar,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import css from './shell.module.css';
import { useShell, type Workspace, workspaces } from './workspaces.ts';

const icons: Record<Workspace, typeof IconStar> = {
  analysis: IconChartBar,
  desk: IconMapPin,
  situation: IconListDetails,
  followUp: IconClockCheck,
  evaluation: IconStar,
  session: IconPresentation,
  settings: IconAdjustmentsHorizontal,
};

export function Rail() {
  const { t } = useTranslation('app');
  return (
    <nav className={css.rail} aria-label={t('rail')}>
      <div className={css.logo} aria-hidden>
        {t('mark')}
      </div>
      {workspaces.map((name, index) => (
        <RailButton key={name} name={name} keys={`Ctrl+${index + 1}`} />
      ))}
      <div className={css.railGap} />
      <RailButton name="session" />
      <RailButton name="settings" />
    </nav>
  );
}

function RailButton({ name, keys }: { name: Workspace; keys?: string }) {
  const { t } = useTranslation('app');
  const { workspace, open } = useShell();
  const Icon = icons[name];
  const later = name !== 'desk' && name !== 'settings';
  const label = t(`workspace.${name}`);
  const notice = later ? `${label} · ${t('later.notice')}` : label;
  return (
    <button
      type="button"
      className={css.railButton}
      data-testid={`nav-${name}`}
      data-later={later || undefined}
      aria-current={workspace === name ? 'page' : undefined}
      title={keys ? `${notice} (${keys})` : notice}
      onClick={() => open(name)}
    >
      <Icon size={20} stroke={1.6} aria-hidden />
      <span>{label}</span>
    </button>
  );
}
