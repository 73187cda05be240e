import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shellCall } from '../data/bridge.ts';
import { reportFault } from './faults.ts';
import css from './screens.module.css';

/** Catches what a part of the page throws: the rest stays, and the part says what to do instead of turning white. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override componentDidCatch(error: unknown): void {
    reportFault(error);
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <Fault error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}

function Fault({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const { t } = useTranslation('app');
  return (
    <section className={css.centre} role="alert">
      <div className={css.plane}>
        <h1 className={css.title}>{t('error.title')}</h1>
        <p className={css.body}>{t('error.advice')}</p>
        <div className={css.row}>
          <Button size="sm" onClick={onRetry}>
            {t('error.reload')}
          </Button>
          <Button size="sm" variant="default" onClick={() => void shellCall('openLogs', {}).catch(() => undefined)}>
            {t('error.logs')}
          </Button>
        </div>
        <details className={css.details}>
          <summary>{t('error.detail')}</summary>
          <p>{error instanceof Error ? error.message : String(error)}</p>
        </details>
      </div>
    </section>
  );
}
