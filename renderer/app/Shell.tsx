import { lazy, Suspense, useEffect } from 'react';
import { useDesk } from '../data/desk-store.ts';
import { listenForHotkeys, useHotkeys } from '../data/hotkeys.ts';
import { ConflictTray } from '../features/conflict-tray/ConflictTray.tsx';
import { FirstSync } from '../features/sync-status/FirstSync.tsx';
import { SyncStrip } from '../features/sync-status/SyncStrip.tsx';
import { UndoNotice } from '../features/undo/UndoNotice.tsx';
import { useLinks } from '../features/views/use-links.ts';
import { DispatchDesk } from './desk/DispatchDesk.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Healed } from './Healed.tsx';
import { KeySheet } from './KeySheet.tsx';
import { LaterPage } from './LaterPage.tsx';
import { Rail } from './Rail.tsx';
import { Recovered } from './Recovered.tsx';
import css from './shell.module.css';
import { TopBar } from './TopBar.tsx';
import { useShell, type Workspace, workspaces } from './workspaces.ts';

/** Opened seldom: its code and its tables stay out of the way of the first screen. */
const Settings = lazy(async () => ({ default: (await import('./settings/Settings.tsx')).Settings }));

/** The frame of every screen: rail, top bar, workspace, strip. */
export function Shell() {
  const { workspace, open, keySheet, show } = useShell();
  useEffect(() => listenForHotkeys(), []);
  useHotkeys('global', {
    ...Object.fromEntries(workspaces.map((name, index) => [`Ctrl+${index + 1}`, () => open(name)])),
    '?': () => show({ keySheet: true }),
  });
  const openCase = (caseId: string): void => {
    open('desk');
    useDesk.getState().set({ action: null, openCaseId: caseId, focusedCaseId: caseId });
  };
  useLinks(() => open('desk'), openCase);
  return (
    <div className={css.frame}>
      <Rail />
      <TopBar />
      <main className={css.main}>
        <Recovered />
        <Healed />
        <FirstSync />
        <ErrorBoundary key={workspace}>
          <Suspense fallback={null}>
            <Content workspace={workspace} />
          </Suspense>
        </ErrorBoundary>
      </main>
      <SyncStrip />
      <UndoNotice />
      <ConflictTray onOpenCase={openCase} />
      <KeySheet opened={keySheet} onClose={() => show({ keySheet: false })} />
    </div>
  );
}

function Content({ workspace }: { workspace: Workspace }) {
  switch (workspace) {
    case 'desk':
      return <DispatchDesk />;
    case 'settings':
      return <Settings />;
    case 'analysis':
    case 'situation':
    case 'followUp':
    case 'evaluation':
    case 'session':
      return <LaterPage workspace={workspace} />;
    default:
      return workspace satisfies never;
  }
}
