import { Button } from '@mantine/core';
import type { CaseDetail } from '../../../shared/model/case-view.ts';
import { formatDateTime } from '../../../shared/time/shanghai.ts';
import { useDesk } from '../../data/desk-store.ts';
import { mayGive } from '../../data/step-rules.ts';
import { useStatus } from '../../data/use-status.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './case.module.css';
import own from './case-steps.module.css';
import { CaseLink } from './MergedCases.tsx';

/** What has to be known before anything else is done: the case counts nowhere any more, or an extension waits for its decision. */
export function CaseStanding({ detail }: { detail: CaseDetail }) {
  const t = useWords('case');
  const role = useStatus()?.operator?.role;
  const { id, voidedAt } = detail.case;
  const { mergedInto, extensions } = detail.work;
  const asked = extensions.find(({ state }) => state === 'asked');
  if (voidedAt === null && mergedInto === null && asked === undefined) return null;
  return (
    <div className={css.notices}>
      {voidedAt !== null && (
        <p className={css.rejected} role="status" data-testid="case-void">
          {t('standing.void', { at: formatDateTime(voidedAt) })}
        </p>
      )}
      {mergedInto !== null && (
        <p className={own.asked} role="status" data-testid="merged-into">
          <span>
            {t('merged.into')} <CaseLink one={mergedInto} />
          </span>
        </p>
      )}
      {asked && (
        <p className={own.asked} role="status" data-testid="extension-asked">
          <span>
            {t('extensions.waiting', { name: asked.askedBy, due: formatDateTime(asked.newDueAt) })}
            {asked.late && ` ${t('extensions.late')}`}
          </span>
          {role !== undefined && mayGive('decideExtension', role) && (
            <Button
              variant="default"
              size="compact-xs"
              onClick={() =>
                useDesk.getState().set({ action: { kind: 'step', name: 'decideExtension', caseIds: [id] } })
              }
            >
              {t('extensions.decide')}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
