import { useEffect, useState } from 'react';
import type { Undoable } from '../../../shared/model/unsent-view.ts';
import { useSecondsClock } from '../../data/clock.ts';
import { keepDraft } from '../../data/drafts.ts';
import { useHotkeys } from '../../data/hotkeys.ts';
import { keepReport } from '../../data/intake-draft.ts';
import { keepStepDraft } from '../../data/step-drafts.ts';
import { atOnce, isStep } from '../../data/steps.ts';
import { useCommand } from '../../data/use-command.ts';
import { useQuery } from '../../data/use-query.ts';
import { failureText } from '../../ui/failure-text.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './undo.module.css';
import { draftsOf, secondsLeft, undoText } from './undo-text.ts';

const saidMs = 6000;

/**
 * What was given last and has not left: it waits in the outbox, so it is here again after the page was loaded anew. Ctrl+Z takes the newest back.
 * Over an open dialog too. Spoken once; the seconds are only shown.
 */
export function UndoNotice() {
  const t = useWords('undo');
  const { data } = useQuery('undoable', {}, ['case']);
  const known = data?.batches ?? [];
  const last = Math.max(0, ...known.map(({ leavesAt }) => leavesAt));
  const now = useSecondsClock(last);
  const batches = known.filter(({ leavesAt }) => secondsLeft(leavesAt, now) !== null);
  const { run, running, failure } = useCommand('undo');
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), saidMs);
    return () => clearTimeout(timer);
  }, [said]);
  useEffect(() => {
    if (failure) setSaid(failureText(failure, t));
  }, [failure, t]);

  const takeBack = async (batch: Undoable | undefined): Promise<void> => {
    if (!batch || running) return;
    const answer = await run({ batch: batch.batch });
    if (answer === null) return;
    for (const { key, text } of draftsOf(answer.undone)) keepDraft(key, text);
    const [first] = answer.undone;
    if (first?.name === 'recordCase') keepReport(first.args);
    if (first && isStep(first.name) && !atOnce.has(first.name)) {
      const caseIds = answer.undone.map(({ caseId }) => caseId);
      keepStepDraft(first.name, caseIds, first.args);
    }
    setSaid(t('undone', { command: t(`codes:command.${batch.name}`), n: batch.cases }));
  };
  useHotkeys('everywhere', { 'Ctrl+z': () => void takeBack(batches[0]) });

  const spoken = batches[0] ? t('spoken', { text: undoText(batches[0], null, t) }) : (said ?? '');
  return (
    <>
      <p className="visually-hidden" role="status" aria-live="polite">
        {spoken}
      </p>
      <div className={css.place}>
        {said !== null && (
          <div className={css.notice} data-testid="undo-said">
            <span>{said}</span>
          </div>
        )}
        {batches.map((batch, index) => (
          <section
            key={batch.batch}
            className={css.notice}
            data-testid="undo-notice"
            data-batch={batch.batch}
            aria-label={t('label')}
          >
            <span>{undoText(batch, secondsLeft(batch.leavesAt, now), t)}</span>
            <button type="button" data-testid="undo-button" onClick={() => void takeBack(batch)}>
              {t('undo')}
              {index === 0 && <kbd>Ctrl+Z</kbd>}
            </button>
          </section>
        ))}
      </div>
    </>
  );
}
