import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = [
  '#e8f1ff',
  '#cfe1fb',
  '#9fc4f7',
  '#6ca6f4',
  '#4c9aff',
  '#3a8bf0',
  '#2e7de0',
  '#1f6fd6',
  '#1a62bd',
  '#124f9c',
];

/** Our surfaces and lines in the places where Mantine takes its own greys. */
const dark: MantineColorsTuple = [
  '#e6eaef',
  '#c3ccd6',
  '#a3afbc',
  '#8b98a6',
  '#64727f',
  '#28313c',
  '#161b22',
  '#11151a',
  '#0e1216',
  '#0a0d10',
];

/** Mantine on our tokens: same radius, sizes and colours as the rest of the screen. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 7 },
  colors: { accent, dark },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: {
    xs: 'var(--text-xs)',
    sm: 'var(--text-sm)',
    md: 'var(--text-md)',
    lg: 'var(--text-lg)',
    xl: 'var(--text-xl)',
  },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.5', lg: '1.5', xl: '1.5' },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: {
      defaultProps: { centered: true, lockScroll: false },
      styles: { overlay: { background: 'var(--scrim)' } },
    },
    SegmentedControl: {
      styles: {
        root: { background: 'var(--surface-hover)' },
        indicator: { background: 'var(--surface-raised)', boxShadow: '0 0 0 1px var(--line-strong)' },
      },
    },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 100 } } },
    Button: { defaultProps: { size: 'xs' }, styles: { label: { fontWeight: 500 } } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
  },
});

const shared = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-secondary)',
  '--mantine-color-placeholder': 'var(--text-muted)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-default': 'var(--surface-raised)',
  '--mantine-color-default-hover': 'var(--surface-hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-error': 'var(--overdue)',
  '--mantine-color-accent-filled': 'var(--accent-fill)',
  '--mantine-color-accent-light-color': 'var(--accent)',
  '--mantine-color-accent-outline': 'var(--accent)',
};
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
