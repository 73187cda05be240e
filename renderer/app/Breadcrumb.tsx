import { useTranslation } from 'react-i18next';
import type { Scope } from '../../shared/model/case-filter.ts';
import { useDesk } from '../data/desk-store.ts';
import { useHotkeys } from '../data/hotkeys.ts';
import { pathOf, placeName, useRegister } from '../data/use-register.ts';
import css from './shell.module.css';

/** 县 › 镇 › 村: each step but the last leads back up; Backspace goes one up. */
export function Breadcrumb() {
  const { t } = useTranslation('app');
  const register = useRegister();
  const scope = useDesk((desk) => desk.scope);
  const path = pathOf(register, scope);
  const go = (to: Scope): void => useDesk.getState().narrow({ scope: to });
  const parent = path.at(-2);
  useHotkeys('desk', { Backspace: () => parent && go(parent) });
  return (
    <nav
      className={css.breadcrumb}
      aria-label={t('breadcrumb.label')}
      data-testid="breadcrumb"
      data-level={scope.level}
    >
      {path.map((step, index) => {
        const name = placeName(register, step, t('county'));
        const last = index === path.length - 1;
        return (
          <span key={step.code} className={css.step}>
            {index > 0 && <i aria-hidden>›</i>}
            {last ? (
              <span aria-current="location">{name}</span>
            ) : (
              <button type="button" onClick={() => go(step)}>
                {name}
              </button>
            )}
          </span>
        );
      })}
      <Extent scope={scope} />
    </nav>
  );
}

function Extent({ scope }: { scope: Scope }) {
  const { t } = useTranslation('app');
  const register = useRegister();
  if (!register.loaded || scope.level === 'village') return null;
  const text =
    scope.level === 'county'
      ? t('breadcrumb.whole', { towns: register.towns.size, villages: register.villages.size })
      : t('breadcrumb.inTown', { villages: register.villagesOfTown.get(scope.code)?.length ?? 0 });
  return <span className={css.extent}>{text}</span>;
}
