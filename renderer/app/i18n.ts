import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

type Words = Record<string, unknown>;
const files = import.meta.glob<Words>('../../resources/locales/*/*.json', { eager: true, import: 'default' });

/** One namespace a file, both languages in the bundle: switching needs no loading and works offline. */
export async function startWords(locale: string): Promise<void> {
  const resources: Record<string, Record<string, Words>> = {};
  for (const [path, words] of Object.entries(files)) {
    const [, language, namespace] = /\/([^/]+)\/([^/]+)\.json$/.exec(path) ?? [];
    if (language && namespace) resources[language] = { ...resources[language], [namespace]: words };
  }
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: 'zh-CN',
    resources,
    ns: Object.keys(resources['zh-CN'] ?? {}),
    defaultNS: 'app',
    interpolation: { escapeValue: false },
    returnNull: false,
    // A metric without a note has an empty one.
    returnEmptyString: true,
  });
}
