import { MantineProvider } from '@mantine/core';
import i18next from 'i18next';
import { useEffect } from 'react';
import { usePreferences } from '../data/preferences.ts';
import { RegisterProvider } from '../data/use-register.ts';
import { cssVariables, theme } from '../ui/theme.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Gate } from './Gate.tsx';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** Everything the whole page shares: theme, language, size of text, the register, and the net below all errors. */
export function App() {
  const { theme: colours, locale, fontScale } = usePreferences((state) => state.value);
  useEffect(() => {
    document.documentElement.style.setProperty('--font-scale', String(fontScale / 100));
  }, [fontScale]);
  useEffect(() => {
    document.documentElement.lang = locale;
    void i18next.changeLanguage(locale);
  }, [locale]);
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={colours}
      cssVariablesResolver={cssVariables}
      getStyleNonce={() => nonce}
    >
      <ErrorBoundary>
        <RegisterProvider>
          <Gate />
        </RegisterProvider>
      </ErrorBoundary>
    </MantineProvider>
  );
}
