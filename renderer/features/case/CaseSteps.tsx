import { Button, Menu } from '@mantine/core';
import type { CaseDetail } from '../../../shared/model/case-view.ts';
import { useDesk } from '../../data/desk-store.ts';
import { KeyHint } from '../../data/KeyHint.tsx';
import { useSurroundings } from '../../data/use-surroundings.ts';
import { say } from '../../ui/Notice.tsx';
import { refusalText } from '../../ui/refusal-text.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './case-steps.module.css';
import { type BarStep, stepsOf } from './next-steps.ts';

/** What can be done with the case: the next steps as buttons, all others in a menu, where those that cannot be given say why. */
export function CaseSteps({ detail }: { detail: CaseDetail }) {
  const t = useWords('case');
  const around = useSurroundings();
  if (around === null) return null;
  const { next, rest } = stepsOf(detail, around);
  const { id, highRisk } = detail.case;
  const label = ({ name }: BarStep): string =>
    name === 'markRisk' ? t(highRisk ? 'steps.clearRisk' : 'steps.markRisk') : t(`codes:command.${name}`);
  const begin = ({ name, refusal }: BarStep): void => {
    if (refusal === null) useDesk.getState().set({ action: { kind: 'step', name, caseIds: [id] } });
    else say(refusalText(refusal, t));
  };
  return (
    <div className={css.bar} role="toolbar" aria-label={t('steps.label')}>
      {next.map((step) => (
        <Button
          key={step.name}
          variant="default"
          size="compact-sm"
          data-testid={`case-step-${step.name}`}
          onClick={() => begin(step)}
        >
          {label(step)}&nbsp;
          <KeyHint name={step.key} />
        </Button>
      ))}
      <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false} width={300}>
        <Menu.Target>
          <Button variant="subtle" size="compact-sm" data-testid="case-steps-more">
            {t('steps.more')} ▾
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={css.menu}>
          {rest.map((step) => (
            <Menu.Item
              key={step.name}
              data-testid={`case-step-${step.name}`}
              aria-disabled={step.refusal !== null}
              rightSection={<KeyHint name={step.key} />}
              onClick={() => begin(step)}
            >
              {label(step)}
              {step.refusal !== null && <small>{t(`codes:refusal.${step.refusal.reason}.title`)}</small>}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
