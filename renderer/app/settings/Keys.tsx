import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isTyping, keyName } from '../../data/hotkeys.ts';
import { type KeyMap, type KeyRefusal, pressedFor, printedKey, refusalOfKey, withKey } from '../../data/key-map.ts';
import { singleKeys, useKeyMap } from '../../data/keys.ts';
import { usePreferences } from '../../data/preferences.ts';
import screens from '../screens.module.css';
import css from './keys.module.css';

/** Which single key means what, and another one instead. Takes hold at once: sheet, buttons and the command bar show it. */
export function Keys() {
  const { t } = useTranslation(['settings', 'app']);
  const map = useKeyMap();
  const all = singleKeys();
  const [asked, setAsked] = useState<string | null>(null);
  const [refused, setRefused] = useState<{ key: string; wanted: string; refusal: KeyRefusal } | null>(null);
  const wordsOf = (key: string): string => t(`app:keys.${key}`);
  const keep = (keys: KeyMap): void => usePreferences.getState().change({ keys });
  const ask = (key: string | null): void => {
    setAsked(key);
    setRefused(null);
  };
  const take = (key: string, wanted: string): void => {
    const refusal = refusalOfKey(map, key, wanted, all);
    setRefused(refusal && { key, wanted, refusal });
    if (refusal !== null) return;
    keep(withKey(map, key, wanted));
    setAsked(null);
  };
  const onKeyDown = (key: string) => (event: KeyboardEvent) => {
    if (asked !== key || ['Shift', 'Control', 'Alt', 'Meta', 'Tab'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (isTyping(event.nativeEvent)) return;
    if (event.key === 'Escape') ask(null);
    else take(key, keyName(event.nativeEvent));
  };
  return (
    <section className={screens.section} data-testid="setting-keys">
      <h2>{t('keys.title')}</h2>
      <p className={css.hint}>{t('keys.hint')}</p>
      <ul className={css.list}>
        {all.map((key) => (
          <li key={key} className={css.row} data-testid={`key-of-${key}`}>
            <span>{wordsOf(key)}</span>
            <button
              type="button"
              className={css.key}
              data-asked={asked === key || undefined}
              aria-label={
                asked === key
                  ? t('keys.press')
                  : `${t('keys.change', { command: wordsOf(key) })} ${printedKey(pressedFor(map, key))}`
              }
              onClick={() => ask(asked === key ? null : key)}
              onKeyDown={onKeyDown(key)}
              onBlur={() => asked === key && ask(null)}
            >
              {asked === key ? t('keys.press') : <kbd>{printedKey(pressedFor(map, key))}</kbd>}
            </button>
            {Object.hasOwn(map, key) && (
              <button
                type="button"
                className={css.reset}
                aria-label={t('keys.resetOf', { command: wordsOf(key), key: printedKey(key) })}
                onClick={() => take(key, key)}
              >
                {t('keys.reset')} {printedKey(key)}
              </button>
            )}
            {refused?.key === key && (
              <em role="alert" className={css.refusal}>
                {refused.refusal.kind === 'taken'
                  ? t('keys.taken', { key: printedKey(refused.wanted), command: wordsOf(refused.refusal.by) })
                  : t('keys.notSingle')}
              </em>
            )}
          </li>
        ))}
      </ul>
      <div>
        <button
          type="button"
          className={css.reset}
          aria-disabled={Object.keys(map).length === 0}
          onClick={() => {
            ask(null);
            keep({});
          }}
        >
          {t('keys.resetAll')}
        </button>
      </div>
    </section>
  );
}
