import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimeWords } from './time.ts';

/** Words of a namespace as a plain function, so that what writes sentences can be called, and tested, without a page. */
export function useWords(namespace: string): TimeWords {
  const { t } = useTranslation(namespace);
  return useMemo(() => (key, values) => String(t(key, values ?? {})), [t]);
}
