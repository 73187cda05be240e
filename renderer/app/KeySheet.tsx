import { useTranslation } from 'react-i18next';
import { type HotkeyScope, registeredKeys } from '../data/hotkeys.ts';
import { usePrinted, wordedKeys } from '../data/keys.ts';
import { Dialog } from '../ui/Dialog.tsx';
import css from './shell.module.css';

const shown: readonly HotkeyScope[] = ['desk', 'panel', 'global'];
const sectionOf = (scope: HotkeyScope): HotkeyScope => (scope === 'everywhere' ? 'global' : scope);
/** The keys that are registered now, read from the registry itself. */
export function KeySheet({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation('app');
  // In the order of the words, which go from the most used on; a key without words is nobody's to press.
  const order = wordedKeys();
  const printed = usePrinted();
  const keys = opened
    ? registeredKeys()
        .filter(({ key }) => order.includes(key))
        .sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key))
    : [];
  return (
    <Dialog opened={opened} onClose={onClose} title={t('keys.title')} size={940} closeLabel={t('keys.close')}>
      <div className={css.keySheet} data-testid="key-sheet">
        {shown.map((scope) => {
          const own = keys.filter((entry) => sectionOf(entry.scope) === scope);
          if (own.length === 0) return null;
          return (
            <section key={scope}>
              <h2>{t(`keys.scope.${scope}`)}</h2>
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
      <p className={css.hint}>
        {t('keys.hint')} {t('keys.change')}
      </p>
    </Dialog>
  );
}
