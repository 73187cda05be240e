import { Button, CloseButton } from '@mantine/core';
import type { CaseDetail } from '../../../shared/model/case-view.ts';
import { refusalOfOpen } from '../../../shared/model/commands/outcomes.ts';
import { caseNo } from '../../data/case-no.ts';
import { useDesk } from '../../data/desk-store.ts';
import { KeyHint } from '../../data/KeyHint.tsx';
import { say } from '../../ui/Notice.tsx';
import { refusalText } from '../../ui/refusal-text.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './case.module.css';

export function CaseHeader({ detail, onClose }: { detail: CaseDetail; onClose(): void }) {
  const t = useWords('case');
  const set = useDesk((desk) => desk.set);
  const { id, no, title, highRisk } = detail.case;
  const refusal = refusalOfOpen(detail.case);
  return (
    <header className={css.header}>
      <div className={css.title}>
        <h2 title={title}>{title}</h2>
        {highRisk && <em className={css.risk}>{t('highRisk')}</em>}
        <code data-testid="case-no" className="selectable">
          {caseNo(no, t)}
        </code>
      </div>
      <div className={css.buttons}>
        <Button data-testid="case-dial" onClick={() => set({ action: { kind: 'call', caseId: id } })}>
          {t('dial')}&nbsp;
          <KeyHint name="d" />
        </Button>
        <Button
          variant="default"
          data-testid="case-urge"
          aria-disabled={refusal !== null}
          title={refusal === null ? undefined : t(`codes:refusal.${refusal}.title`)}
          onClick={() =>
            refusal === null
              ? set({ action: { kind: 'urge', caseIds: [id] } })
              : say(refusalText({ reason: refusal, detail: null }, t))
          }
        >
          {t('urge')}&nbsp;
          <KeyHint name="u" />
        </Button>
        <CloseButton aria-label={t('close')} title={`${t('close')} Esc`} onClick={onClose} />
      </div>
    </header>
  );
}
