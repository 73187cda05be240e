import type { CaseDetail } from '../../../shared/model/case-view.ts';
import { caseNo } from '../../data/case-no.ts';
import { useCaseRows } from '../../data/use-case-rows.ts';
import { formatCount } from '../../ui/numbers.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './steps.module.css';

/** Which case a dialog is about, or the first of them and how many. */
export function Subject({ caseIds, detail }: { caseIds: readonly string[]; detail: CaseDetail | null }) {
  const t = useWords('steps');
  const [first = ''] = caseIds;
  const rows = useCaseRows(caseIds.length === 1 ? [] : [first]);
  const one = detail?.case ?? rows.get(first);
  return (
    <p className={css.subject} data-testid="step-subject">
      <b>{one?.title}</b> <span>{one && caseNo(one.no, t)}</span>
      {caseIds.length > 1 && <span> {t('andOthers', { n: formatCount(caseIds.length) })}</span>}&nbsp;
    </p>
  );
}
