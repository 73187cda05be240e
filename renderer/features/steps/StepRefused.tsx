import type { CommandResultOf } from '../../../shared/ipc/contract.ts';
import type { CaseDetail } from '../../../shared/model/case-view.ts';
import { caseNo } from '../../data/case-no.ts';
import { useCaseRows } from '../../data/use-case-rows.ts';
import { DialogAlert } from '../../ui/Dialog.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { refusalText } from '../../ui/refusal-text.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './steps.module.css';

/** Cases that did not take the step, each with the reason. One reason for all of them is said once. */
export function StepRefused({ answer, detail }: { answer: CommandResultOf<'give'>; detail: CaseDetail | null }) {
  const t = useWords('steps');
  const { given, refused } = answer;
  const rows = useCaseRows(detail === null ? refused.map(({ caseId }) => caseId) : []);
  const [first] = refused;
  if (!first) return null;
  if (given.length === 0 && refused.every(({ reason }) => reason === first.reason))
    return <DialogAlert>{refusalText(first, t)}</DialogAlert>;
  return (
    <div className={css.refused} role="alert" data-testid="step-refused">
      <p>
        {t(given.length === 0 ? 'refused' : 'partly', {
          n: formatCount(refused.length),
          given: formatCount(given.length),
        })}
      </p>
      <ul>
        {refused.map(({ caseId, ...refusal }) => (
          <li key={caseId} data-case-id={caseId}>
            <span>
              {rows.get(caseId)?.title ?? caseId} <code>{caseNo(rows.get(caseId)?.no ?? '', t)}</code>
            </span>
            <span>{refusalText(refusal, t)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
