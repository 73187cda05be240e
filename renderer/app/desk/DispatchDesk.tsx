import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useScopeInRegister } from '../../data/desk-memory.ts';
import { useDesk } from '../../data/desk-store.ts';
import { usePreferences } from '../../data/preferences.ts';
import { CallDialog } from '../../features/call/CallDialog.tsx';
import { CasePanel } from '../../features/case/CasePanel.tsx';
import { FilterBar } from '../../features/filters/FilterBar.tsx';
import { IntakeDialog } from '../../features/intake/IntakeDialog.tsx';
import { QueuePanel } from '../../features/queue/QueuePanel.tsx';
import { StepDialog } from '../../features/steps/StepDialog.tsx';
import { Tiles } from '../../features/tiles/Tiles.tsx';
import { UrgeDialog } from '../../features/urge/UrgeDialog.tsx';
import { ViewsMenu } from '../../features/views/ViewsMenu.tsx';
import { ErrorBoundary } from '../ErrorBoundary.tsx';
import css from './desk.module.css';
import { LateMapPane } from './LateMapPane.tsx';
import { Splitter } from './Splitter.tsx';
import { useHeight } from './use-height.ts';

/** 高效处置: the map with its tiles on the left, the queue on the right, the open case over the queue's lower part. */
export function DispatchDesk() {
  const { t } = useTranslation('app');
  const splitter = usePreferences((state) => state.value.splitter);
  const open = useDesk((desk) => desk.openCaseId !== null);
  useScopeInRegister();
  const tiles = useRef<HTMLDivElement>(null);
  const covered = useHeight(tiles);
  return (
    <div className={css.desk} style={{ gridTemplateColumns: `${splitter}fr 5px ${100 - splitter}fr` }}>
      <section className={css.map}>
        <ErrorBoundary>
          <LateMapPane top={covered} />
        </ErrorBoundary>
        <div className={css.tiles} ref={tiles}>
          <Tiles />
        </div>
      </section>
      <Splitter label={t('splitter')} />
      <section className={css.side} data-open={open || undefined}>
        <FilterBar>
          <ViewsMenu />
        </FilterBar>
        <div className={css.queue}>
          <QueuePanel />
        </div>
        {open && (
          <div className={css.case}>
            <ErrorBoundary>
              <CasePanel />
            </ErrorBoundary>
          </div>
        )}
      </section>
      <UrgeDialog />
      <CallDialog />
      <StepDialog />
      <IntakeDialog />
    </div>
  );
}
