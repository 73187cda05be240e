import '@fontsource-variable/noto-sans-sc/wght.css';
import '@mantine/core/styles.css';
import './ui/tokens.css';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { reportUncaught } from './app/faults.ts';
import { startWords } from './app/i18n.ts';
import { watchStart } from './app/start-marks.ts';
import { loadLaunch } from './data/launch.ts';
import { usePreferences } from './data/preferences.ts';

reportUncaught();
watchStart();
const { preferences } = await loadLaunch();
usePreferences.getState().adopt(preferences);
await startWords(preferences.locale);
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
