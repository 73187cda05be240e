import { Menu } from '@mantine/core';
import { useDesk } from '../../data/desk-store.ts';
import { useRegister } from '../../data/use-register.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './filters.module.css';

/** Picks one campaign; they overlap, so two at once would say nothing. */
export function CampaignMenu() {
  const t = useWords('filters');
  const { campaigns } = useRegister();
  const campaign = useDesk((desk) => desk.campaign);
  const narrow = useDesk((desk) => desk.narrow);
  if (campaigns.length === 0) return null;
  return (
    <Menu withInitialFocusPlaceholder={false} position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className={css.menu}
          data-testid="filter-campaign"
          data-on={campaign !== null || undefined}
        >
          {t('menu.campaign')} <span aria-hidden>▾</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={campaign ?? ''}
          onChange={(value) => narrow({ campaign: value === '' ? null : String(value) })}
        >
          <Menu.RadioItem value="">{t('menu.anyCampaign')}</Menu.RadioItem>
          {campaigns.map(({ id, name }) => (
            <Menu.RadioItem key={id} value={id}>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
