import { Button } from '@mantine/core';
import { useNow } from '../../data/clock.ts';
import { useDesk } from '../../data/desk-store.ts';
import { useHotkeys } from '../../data/hotkeys.ts';
import { useCaseDetail } from '../../data/use-case-detail.ts';
import { useWords } from '../../ui/use-words.ts';
import { CaseFacts } from './CaseFacts.tsx';
import { CaseHeader } from './CaseHeader.tsx';
import { CaseNotices } from './CaseNotices.tsx';
import { CaseStanding } from './CaseStanding.tsx';
import { CaseSteps } from './CaseSteps.tsx';
import { CaseWork } from './CaseWork.tsx';
import css from './case.module.css';
import { Extensions } from './Extensions.tsx';
import { FourQuestions } from './FourQuestions.tsx';
import { MergedCases } from './MergedCases.tsx';
import { Messages } from './Messages.tsx';
import { Responsibles } from './Responsibles.tsx';
import { Timeline } from './Timeline.tsx';

/** The case under the cursor in full, beside its row. Nothing is drawn while no case is open. */
export function CasePanel() {
  const openCaseId = useDesk((desk) => desk.openCaseId);
  return openCaseId === null ? null : <OpenCase caseId={openCaseId} />;
}

function OpenCase({ caseId }: { caseId: string }) {
  const t = useWords('case');
  const now = useNow();
  const set = useDesk((desk) => desk.set);
  const { detail, current, failure, loading, refresh } = useCaseDetail(caseId);
  const close = () => set({ openCaseId: null });
  useHotkeys('panel', { Escape: close });

  if (detail === null || failure !== null) {
    return (
      <section className={css.panel} data-testid="case-panel" aria-label={t('label')} aria-busy={loading}>
        {failure === null && loading ? (
          <Waiting />
        ) : (
          <div className={css.state} role="alert">
            <h2>{failure === null ? t('gone.title') : t(`codes:error.${failure.kind}.title`)}</h2>
            <p>{failure === null ? t('gone.advice') : t(`codes:error.${failure.kind}.advice`)}</p>
            <div className={css.buttons}>
              <Button variant="default" onClick={refresh}>
                {t('retry')}
              </Button>
              <Button variant="default" onClick={close}>
                {t('close')}
              </Button>
            </div>
          </div>
        )}
      </section>
    );
  }
  return (
    <section
      className={css.panel}
      data-testid="case-panel"
      data-case-id={detail.case.id}
      aria-label={t('label')}
      aria-busy={!current}
      inert={!current}
    >
      <CaseHeader detail={detail} onClose={close} />
      <CaseSteps detail={detail} />
      <div className={css.scroll} key={detail.case.id}>
        <CaseStanding detail={detail} />
        <CaseNotices detail={detail} />
        <FourQuestions detail={detail} now={now} />
        <div className={css.columns}>
          <div className={css.column}>
            <CaseWork detail={detail} now={now} />
            <Timeline events={detail.timeline} now={now} />
            <CaseFacts detail={detail} now={now} />
          </div>
          <div className={css.column}>
            <Responsibles detail={detail} now={now} />
            <Extensions detail={detail} now={now} />
            <MergedCases detail={detail} />
            <Messages detail={detail} now={now} />
          </div>
        </div>
      </div>
    </section>
  );
}

/** Same places as the case that is coming, so that nothing jumps when it is there. */
function Waiting() {
  return (
    <div className={css.waiting} aria-hidden>
      <i />
      <i />
      <i />
    </div>
  );
}
