import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type HotkeyScope, registeredKeys } from '../data/hotkeys.ts';
import css from './shell.module.css';

const shown: readonly HotkeyScope[] = ['desk', 'panel', 'global'];
const signs: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' };
const printed = (key: string): string => signs[key] ?? (key.length === 1 ? key.toUpperCase() : key);

/** The keys that are registered now, read from the registry itself. */
export function KeySheet({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t, i18n } = useTranslation('app');
  const keys = opened ? registeredKeys().filter(({ key }) => i18n.exists(`app:keys.${key}`)) : [];
  return (
    <Modal opened={opened} onClose={onClose} title={t('keys.title')} size="lg">
      <div className={css.keySheet} data-testid="key-sheet">
        {shown.map((scope) => {
          const own = keys.filter((entry) => entry.scope === scope);
          if (own.length === 0) return null;
          return (
            <section key={scope}>
              <h3>{t(`keys.scope.${scope}`)}</h3>
              <dl>
                {own.map(({ key }) => (
                  <div key={key}>
                    <dt>
                      <kbd>{printed(key)}</kbd>
                    </dt>
                    <dd>{t(`keys.${key}`)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
      <p className={css.extent}>{t('keys.hint')}</p>
    </Modal>
  );
}
