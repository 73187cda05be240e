import { Popover } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { Case } from '../../../shared/model/case.ts';
import { useRegister } from '../../data/use-register.ts';
import { useDialogEscape } from '../../ui/use-dialog-escape.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './case.module.css';

/** How the case got its village; on demand each rule that was tried, what it looked at and what came of it. */
export function DispatchChain({ state, chain }: { state: Case['dispatchState']; chain: Case['dispatchChain'] }) {
  const t = useWords('case');
  const { villages } = useRegister();
  const [open, setOpen] = useState(false);
  useDialogEscape(
    open,
    useCallback(() => setOpen(false), []),
  );
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      closeOnEscape={false}
      position="bottom-start"
      width={340}
      withArrow
      shadow="md"
    >
      <Popover.Target>
        <button
          type="button"
          className={css.link}
          data-testid="dispatch-why"
          onClick={() => setOpen((before) => !before)}
        >
          {t(`codes:dispatchState.${state}`)} · {t('dispatch.why')}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <ol className={css.chain} data-testid="dispatch-chain">
          {chain.map((step) => (
            <li key={`${step.step}-${step.evidence}`}>
              <b>
                {t(`codes:dispatchStep.${step.step}`)} · {t(`codes:dispatchOutcome.${step.outcome}`)}
              </b>
              {step.evidence !== '' && <span>{t(`dispatch.looked.${step.step}`, { evidence: step.evidence })}</span>}
              {step.villageCode !== null && (
                <span>
                  {t('dispatch.to', { village: villages.get(step.villageCode)?.officialName ?? step.villageCode })}
                </span>
              )}
            </li>
          ))}
          {chain.length === 0 && <li>{t('dispatch.none')}</li>}
        </ol>
        {state === 'pending' && <p className={css.muted}>{t('dispatch.pendingAdvice')}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}
